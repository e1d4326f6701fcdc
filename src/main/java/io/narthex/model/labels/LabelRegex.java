package io.narthex.model.labels;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// A regular expression over a whole label value: RE2 syntax, anchored at both ends, dot matches
/// newline. Linear time for any input. Immutable and safe for any thread.
public final class LabelRegex {

  private final String text;
  private final Pattern pattern;

  private LabelRegex(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /// @throws IllegalArgumentException with RE2's text if `text` is no regular expression
  public static LabelRegex compile(String text) {
    try {
      return new LabelRegex(text, Pattern.compile("^(?s:" + text + ")$"));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "error parsing regexp: " + e.getDescription() + ": `" + e.getPattern() + "`", e);
    }
  }

  /// The expression as it was written.
  public String text() {
    return text;
  }

  /// Whether the whole of `value` matches.
  public boolean matches(String value) {
    return pattern.matcher(value).find();
  }

  /// Whether the empty value matches: whether series without the label are meant too.
  public boolean matchesEmpty() {
    return matches("");
  }
}
