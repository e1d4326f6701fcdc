package io.narthex.promql.parse;

import io.narthex.model.labels.GoQuote;
import io.narthex.promql.ast.Expr.Pos;

/// A piece of the text.
///
/// @param start byte offset
/// @param end byte offset behind it
/// @param text its text, or the message of an error
record Token(Tok type, int start, int end, String text) {

  Pos pos() {
    return new Pos(start, end);
  }

  /// How an error speaks of it.
  String describe() {
    return switch (type.group) {
      case CLASS -> type == Tok.EOF ? type.text : type.text + " " + quoted();
      case HISTOGRAM -> "\"" + type.text + "\" " + quoted();
      case KEYWORD -> "<" + text + ">";
      case OPERATOR -> "<op:" + text + ">";
      case AGGREGATOR -> "<aggr:" + text + ">";
      case PUNCTUATION, PREPROCESSOR -> quoted();
    };
  }

  private String quoted() {
    boolean name = type == Tok.IDENTIFIER || type == Tok.METRIC_IDENTIFIER;
    if (name || end - start <= 10) {
      return GoQuote.quote(text);
    }
    int cut = text.offsetByCodePoints(0, Math.min(10, text.codePointCount(0, text.length())));
    return GoQuote.quote(text.substring(0, cut)) + "...";
  }
}
