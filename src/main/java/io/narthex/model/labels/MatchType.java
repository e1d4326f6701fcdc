package io.narthex.model.labels;

/// How a matcher compares.
public enum MatchType {
  EQUAL("="),
  NOT_EQUAL("!="),
  REGEXP("=~"),
  NOT_REGEXP("!~");

  private final String text;

  MatchType(String text) {
    this.text = text;
  }

  /// The operator as PromQL writes it.
  public String text() {
    return text;
  }

  public boolean isRegexp() {
    return this == REGEXP || this == NOT_REGEXP;
  }

  public boolean isNegative() {
    return this == NOT_EQUAL || this == NOT_REGEXP;
  }
}
