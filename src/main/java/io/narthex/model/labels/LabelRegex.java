package io.narthex.model.labels;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A regular expression over a whole label value: RE2 syntax, anchored at both ends, dot matches
/// newline. Linear time for any input. Immutable and safe for any thread.
///
/// Most expressions over labels are lists of words, or words with gaps; they are compared as text,
/// without an automaton.
public final class LabelRegex {

  /// From so many words on a hash set is faster than one comparison after the other.
  private static final int SET_MIN = 4;

  /// How deep groups may nest.
  private static final int MAX_NESTING = 200;

  private final String text;
  private final Matching matching;
  private final String prefix;
  private final List<String> setMatches;

  /// One way of finding out whether a value matches.
  private interface Matching {
    boolean matches(String value);
  }

  private LabelRegex(String text, Matching matching, String prefix, List<String> setMatches) {
    this.text = text;
    this.matching = matching;
    this.prefix = prefix;
    this.setMatches = setMatches;
  }

  /// @throws IllegalArgumentException with RE2's text if `text` is no regular expression
  public static LabelRegex compile(String text) {
    List<RegexPattern> alternatives = RegexReader.read(text);
    return alternatives == null ? automaton(text) : simple(text, alternatives);
  }

  private static LabelRegex automaton(String text) {
    checkNesting(text);
    Pattern pattern;
    String tooOften = RepeatLimit.violation(text);
    if (tooOften != null) {
      throw wrong("invalid repeat count", tooOften);
    }
    try {
      pattern = Pattern.compile(text, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw mistake(text, e);
    }
    String prefix = literalPrefix(text);
    Matching matching =
        prefix.isEmpty()
            ? pattern::matches
            : value -> value.startsWith(prefix) && pattern.matches(value);
    return new LabelRegex(text, matching, prefix, List.of());
  }

  /// The mistake in the words of Go's `regexp/syntax`.
  private static IllegalArgumentException mistake(String text, PatternSyntaxException flagged) {
    PatternSyntaxException mistake = flagged;
    try {
      // RE2/J writes flags into the text that it quotes.
      Pattern.compile(text);
    } catch (PatternSyntaxException plain) {
      mistake = plain;
    }
    boolean paren = mistake.getPattern().equals("stack underflow");
    String what = paren ? "unexpected )" : mistake.getDescription();
    return wrong(what, paren ? text : mistake.getPattern());
  }

  private static IllegalArgumentException wrong(String what, String part) {
    return new IllegalArgumentException("error parsing regexp: " + what + ": `" + part + "`");
  }

  /// Refuses what RE2/J would need too much stack for, as Go does.
  private static void checkNesting(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      }
      if (depth > MAX_NESTING) {
        throw wrong("expression nests too deeply", text);
      }
    }
  }

  /// The literal with which an expression of one alternative begins. Flags may change what stands
  /// before them.
  private static String literalPrefix(String text) {
    if (text.indexOf('|') >= 0 || text.contains("(?")) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean escaped = c == '\\' && at + 1 < text.length();
      char literal = escaped ? text.charAt(at + 1) : c;
      boolean word = literal < 0x80 && Character.isLetterOrDigit(literal);
      boolean plain = word || literal == '_' || literal == '-';
      boolean punctuation = literal > ' ' && literal < 0x7f && !word;
      if (escaped ? !punctuation : !plain) {
        break;
      }
      int next = at + (escaped ? 2 : 1);
      if (next < text.length() && "*+?{".indexOf(text.charAt(next)) >= 0) {
        break;
      }
      out.append(literal);
      at = next;
    }
    return out.toString();
  }

  private static LabelRegex simple(String text, List<RegexPattern> alternatives) {
    List<String> words = words(alternatives, false);
    if (words != null) {
      return new LabelRegex(text, set(words), common(alternatives), words);
    }
    List<String> folded = words(alternatives, true);
    if (folded != null) {
      Set<String> set = new HashSet<>();
      folded.forEach(word -> set.add(RegexPattern.fold(word)));
      return new LabelRegex(text, value -> set.contains(RegexPattern.fold(value)), "", List.of());
    }
    RegexPattern[] patterns = alternatives.toArray(RegexPattern[]::new);
    Matching matching = patterns.length == 1 ? patterns[0]::matches : v -> any(patterns, v);
    return new LabelRegex(text, matching, common(alternatives), List.of());
  }

  private static boolean any(RegexPattern[] patterns, String value) {
    for (RegexPattern pattern : patterns) {
      if (pattern.matches(value)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable List<String> words(List<RegexPattern> alternatives, boolean fold) {
    List<String> words = new ArrayList<>();
    for (RegexPattern alternative : alternatives) {
      String word = alternative.exact(fold);
      if (word == null) {
        return null;
      }
      words.add(word);
    }
    return words.stream().distinct().toList();
  }

  private static Matching set(List<String> words) {
    if (words.size() == 1) {
      return words.getFirst()::equals;
    }
    if (words.size() < SET_MIN) {
      String[] few = words.toArray(String[]::new);
      return value -> {
        for (String word : few) {
          if (word.equals(value)) {
            return true;
          }
        }
        return false;
      };
    }
    return new HashSet<>(words)::contains;
  }

  private static String common(List<RegexPattern> alternatives) {
    String common = alternatives.getFirst().prefix();
    for (RegexPattern alternative : alternatives) {
      String other = alternative.prefix();
      int length = 0;
      while (length < Math.min(common.length(), other.length())
          && common.charAt(length) == other.charAt(length)) {
        length++;
      }
      common = common.substring(0, length);
    }
    // Half of a surrogate pair is no prefix of UTF-8 bytes.
    boolean half =
        !common.isEmpty() && Character.isHighSurrogate(common.charAt(common.length() - 1));
    return half ? common.substring(0, common.length() - 1) : common;
  }

  /// The expression as it was written.
  public String text() {
    return text;
  }

  /// Whether the whole of `value` matches.
  public boolean matches(String value) {
    return matching.matches(value);
  }

  /// Whether the empty value matches: whether series without the label are meant too.
  public boolean matchesEmpty() {
    return matches("");
  }

  /// The text with which every matching value begins; empty if there is no such text.
  public String prefix() {
    return prefix;
  }

  /// All values that match, each once, if they are a list of words; empty if they are not.
  public List<String> setMatches() {
    return setMatches;
  }
}
