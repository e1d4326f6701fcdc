package io.narthex.model.labels;

import org.jspecify.annotations.Nullable;

/// A condition on one label: an absent label has the empty value. Immutable and safe for any
/// thread.
public final class Matcher {

  private final MatchType type;
  private final String name;
  private final String value;
  private final @Nullable LabelRegex regex;

  private Matcher(MatchType type, String name, String value, @Nullable LabelRegex regex) {
    this.type = type;
    this.name = name;
    this.value = value;
    this.regex = regex;
  }

  /// A matcher; a regular expression is compiled here, RE2 syntax, anchored at both ends, dot
  /// matches newline.
  ///
  /// @throws IllegalArgumentException with RE2's text if the regular expression is wrong
  public static Matcher of(MatchType type, String name, String value) {
    return new Matcher(type, name, value, type.isRegexp() ? LabelRegex.compile(value) : null);
  }

  /// `name="value"`.
  public static Matcher equal(String name, String value) {
    return new Matcher(MatchType.EQUAL, name, value, null);
  }

  public MatchType type() {
    return type;
  }

  public String name() {
    return name;
  }

  public String value() {
    return value;
  }

  /// The compiled expression of a regexp matcher, else null: the index asks it for prefixes and
  /// alternatives.
  public @Nullable LabelRegex regex() {
    return regex;
  }

  /// Whether a label with this value fulfils the condition.
  public boolean matches(String labelValue) {
    boolean hit = regex == null ? value.equals(labelValue) : regex.matches(labelValue);
    return hit != type.isNegative();
  }

  /// Whether `labels` fulfil the condition.
  public boolean matches(Labels labels) {
    return matches(labels.get(name));
  }

  /// The matcher with the opposite answer.
  public Matcher inverse() {
    MatchType opposite =
        switch (type) {
          case EQUAL -> MatchType.NOT_EQUAL;
          case NOT_EQUAL -> MatchType.EQUAL;
          case REGEXP -> MatchType.NOT_REGEXP;
          case NOT_REGEXP -> MatchType.REGEXP;
        };
    return new Matcher(opposite, name, value, regex);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Matcher other
        && type == other.type
        && name.equals(other.name)
        && value.equals(other.value);
  }

  @Override
  public int hashCode() {
    return (name.hashCode() * 31 + value.hashCode()) * 31 + type.hashCode();
  }

  /// `name=~"value"`, the name quoted where PromQL needs it.
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    GoQuote.labelName(name, out);
    out.append(type.text());
    return GoQuote.quote(value, out).toString();
  }
}
