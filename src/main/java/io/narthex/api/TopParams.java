package io.narthex.api;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;

/// How many entries the lists of the storage's status have.
record TopParams(
    @Positive(message = "limit must be a positive number", payload = Checked.Unnamed.class)
        @Max(
            value = 10_000,
            message = "limit must not exceed {value}",
            payload = Checked.Unnamed.class)
        int limit) {

  private static final int DEFAULT_LIMIT = 10;

  /// Reads and checks `limit`.
  static TopParams of(ApiParams params) {
    String text = params.get("limit");
    if (text.isEmpty()) {
      return new TopParams(DEFAULT_LIMIT);
    }
    try {
      return Checked.of(new TopParams(Integer.parseInt(text)));
    } catch (NumberFormatException e) {
      throw ApiException.badData("limit must be a positive number");
    }
  }
}
