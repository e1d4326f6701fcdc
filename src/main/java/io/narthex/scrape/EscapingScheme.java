package io.narthex.scrape;

import io.narthex.model.labels.GoQuote;

/// How a target is asked to write names that are not legacy ones.
public enum EscapingScheme {
  ALLOW_UTF8("allow-utf-8"),
  UNDERSCORES("underscores"),
  DOTS("dots"),
  VALUES("values");

  private final String text;

  EscapingScheme(String text) {
    this.text = text;
  }

  /// The word of the configuration file and of the `escaping` parameter.
  public String text() {
    return text;
  }

  /// The scheme of a configuration file's word.
  ///
  /// @param of "scrape config" or "global", for the message
  /// @throws IllegalArgumentException with Prometheus' wording
  public static EscapingScheme parse(String word, String of) {
    for (EscapingScheme scheme : values()) {
      if (scheme.text.equals(word)) {
        return scheme;
      }
    }
    throw new IllegalArgumentException(
        "unknown "
            + of
            + " name escaping method specified, must be one of 'allow-utf-8', 'underscores',"
            + " 'dots', or 'values', got "
            + GoQuote.quote(word));
  }
}
