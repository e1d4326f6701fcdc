package io.narthex.model.labels;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A regular expression over a whole value whose groups are put into templates: RE2 syntax,
/// anchored at both ends, dot matches newline. Templates follow Go's `regexp.Expand`: `$1`,
/// `${name}`, `$$`; a group that is missing or took no part is empty, a malformed reference stands
/// for itself. Immutable and safe for any thread.
public final class CapturingRegex {

  private final Pattern pattern;

  private CapturingRegex(Pattern pattern) {
    this.pattern = pattern;
  }

  /// @throws IllegalArgumentException with RE2's text if `text` is no regular expression
  public static CapturingRegex compile(String text) {
    String tooOften = RepeatLimit.violation(text);
    if (tooOften != null) {
      throw new IllegalArgumentException(
          "error parsing regexp: invalid repeat count: `" + tooOften + "`");
    }
    try {
      return new CapturingRegex(Pattern.compile("^(?s:" + text + ")$"));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "error parsing regexp: " + e.getDescription() + ": `" + e.getPattern() + "`", e);
    }
  }

  /// The groups of `value`, or null if the expression does not match the whole of it.
  public @Nullable Captures match(String value) {
    Matcher matcher = pattern.matcher(value);
    return matcher.find() ? new Captures(matcher) : null;
  }

  /// The groups of one match. Belongs to one thread.
  public final class Captures {

    private final Matcher matcher;

    private Captures(Matcher matcher) {
      this.matcher = matcher;
    }

    /// `template` with its references replaced.
    public String expand(String template) {
      int dollar = template.indexOf('$');
      if (dollar < 0) {
        return template;
      }
      StringBuilder out = new StringBuilder(template.length() + 16);
      int at = 0;
      while (dollar >= 0) {
        out.append(template, at, dollar);
        at = reference(template, dollar + 1, out);
        dollar = template.indexOf('$', at);
      }
      return out.append(template, at, template.length()).toString();
    }

    /// Appends what the reference behind a `$` means; returns the index behind the reference.
    private int reference(String template, int from, StringBuilder out) {
      if (template.startsWith("$", from)) {
        out.append('$');
        return from + 1;
      }
      boolean brace = template.startsWith("{", from);
      int start = brace ? from + 1 : from;
      int end = start;
      while (end < template.length() && isNamePart(template.codePointAt(end))) {
        end += Character.charCount(template.codePointAt(end));
      }
      if (end == start || brace && !template.startsWith("}", end)) {
        out.append('$');
        return from;
      }
      group(template.substring(start, end), out);
      return brace ? end + 1 : end;
    }

    private void group(String name, StringBuilder out) {
      int number = number(name);
      String text = null;
      if (number >= 0) {
        text = number <= matcher.groupCount() ? matcher.group(number) : null;
      } else if (pattern.namedGroups().containsKey(name)) {
        text = matcher.group(name);
      }
      if (text != null) {
        out.append(text);
      }
    }
  }

  private static boolean isNamePart(int c) {
    return c == '_'
        || Character.isLetter(c)
        || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
  }

  /// The number of a group, or -1 if `name` is not a number as Go sees it.
  private static int number(String name) {
    if (name.length() > 1 && name.charAt(0) == '0' || name.length() > 8) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number;
  }
}
