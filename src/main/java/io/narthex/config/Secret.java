package io.narthex.config;

/// A text that is used but never shown.
public final class Secret {

  /// No secret at all.
  public static final Secret NONE = new Secret("");

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  public static Secret of(String text) {
    return text.isEmpty() ? NONE : new Secret(text);
  }

  /// The text itself, for the one who sends it.
  public String reveal() {
    return text;
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Secret other && text.equals(other.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// `<secret>`, or nothing if there is none.
  @Override
  public String toString() {
    return text.isEmpty() ? "" : "<secret>";
  }
}
