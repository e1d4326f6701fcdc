package io.narthex.promql.ast;

import java.util.Locale;

/// Types of expressions, with the names that errors use.
public enum ValueType {
  NONE("none"),
  VECTOR("instant vector"),
  SCALAR("scalar"),
  MATRIX("range vector"),
  STRING("string");

  private final String text;

  ValueType(String text) {
    this.text = text;
  }

  /// The name in error texts.
  public String documented() {
    return text;
  }

  /// The name in the API: `vector`, `scalar`, `matrix`, `string`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
