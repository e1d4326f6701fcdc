package io.narthex.cli.query;

import io.narthex.io.json.Json;

/// How an answer is printed.
sealed interface Answers permits PlainAnswers, JsonAnswers {

  /// The result of a query.
  ///
  /// @param type `vector`, `matrix`, `scalar` or `string`
  String value(String type, Json result);

  /// Series by their labels.
  String series(Json list);

  /// Values of a label.
  String labelValues(Json list);
}
