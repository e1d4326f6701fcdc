package io.narthex.api;

import io.narthex.api.json.JsonOut;
import java.util.List;
import java.util.function.Consumer;

/// What a handler gives back: something that writes `data`, and what the reader should know beside
/// it.
record Answer(Consumer<JsonOut> data, List<String> warnings, List<String> infos) {

  /// No data at all: status 204, no body.
  static final Answer NOTHING = of(out -> {});

  static Answer of(Consumer<JsonOut> data) {
    return new Answer(data, List.of(), List.of());
  }

  static Answer of(Consumer<JsonOut> data, List<String> warnings) {
    return new Answer(data, warnings, List.of());
  }

  static final String TRUNCATED = "results truncated due to limit";
}
