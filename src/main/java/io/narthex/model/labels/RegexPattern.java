package io.narthex.model.labels;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One alternative of a simple regular expression: literals with gaps of any text between them,
/// before them and behind them, as in `foo.*bar.+`.
///
/// @param parts literals and gaps in turns
record RegexPattern(List<Part> parts) {

  /// The empty text.
  static final RegexPattern EMPTY = new RegexPattern(List.of());

  /// A literal, or a gap if that is null.
  ///
  /// @param fold whether upper and lower case are the same; then the literal is ASCII
  /// @param min how many characters a gap has at least: 0 or 1
  record Part(@Nullable String literal, boolean fold, int min) {

    static Part literal(String text, boolean fold) {
      return new Part(text, fold, 0);
    }

    static Part gap(int min) {
      return new Part(null, false, min);
    }
  }

  /// This alternative with `next` behind it, or null if that is no longer simple.
  @Nullable RegexPattern then(RegexPattern next) {
    List<Part> joined = new ArrayList<>(parts);
    for (Part part : next.parts) {
      Part last = joined.isEmpty() ? null : joined.getLast();
      if (last == null || (last.literal == null) != (part.literal == null)) {
        joined.add(part);
        continue;
      }
      Part both = join(last, part);
      if (both == null) {
        return null;
      }
      joined.set(joined.size() - 1, both);
    }
    return new RegexPattern(joined);
  }

  private static @Nullable Part join(Part a, Part b) {
    if (a.literal == null || b.literal == null) {
      return a.min + b.min > 1 ? null : Part.gap(a.min + b.min);
    }
    boolean fold = a.fold || b.fold;
    if (a.fold != b.fold && hasLetters(a.fold ? b.literal : a.literal)) {
      return null;
    }
    return Part.literal(a.literal + b.literal, fold);
  }

  /// Whether case matters to `text`; what is not ASCII counts as a letter.
  private static boolean hasLetters(String text) {
    return text.chars().anyMatch(c -> c >= 0x80 || Character.isLetter(c));
  }

  /// The text if this is a literal and nothing else, or null.
  @Nullable String exact(boolean fold) {
    if (parts.isEmpty()) {
      return "";
    }
    Part only = parts.getFirst();
    return parts.size() == 1 && only.literal != null && only.fold == fold ? only.literal : null;
  }

  /// The text with which every match begins.
  String prefix() {
    if (parts.isEmpty()) {
      return "";
    }
    Part first = parts.getFirst();
    return first.literal == null || first.fold ? "" : first.literal;
  }

  boolean matches(String value) {
    int end = value.length();
    int from = 0;
    int to = parts.size();
    if (to == 0) {
      return end == 0;
    }
    int start = 0;
    Part first = parts.getFirst();
    if (first.literal != null) {
      if (!at(value, 0, first)) {
        return false;
      }
      start = first.literal.length();
      from = 1;
    }
    Part last = parts.getLast();
    if (to > from && last.literal != null) {
      end -= last.literal.length();
      if (end < start || !at(value, end, last)) {
        return false;
      }
      to--;
    }
    return between(value, from, to, start, end);
  }

  /// Whether the parts `[from, to)`, which begin and end with a gap if there are any, fill `[start,
  /// end)` of the value. The leftmost place is the best for every literal.
  private boolean between(String value, int from, int to, int start, int end) {
    if (from == to) {
      return start == end;
    }
    int at = start;
    for (int p = from; p < to; p++) {
      Part part = parts.get(p);
      if (part.literal == null) {
        at += part.min;
      } else {
        at = find(value, at, end, part);
        if (at < 0) {
          return false;
        }
        at += part.literal.length();
      }
    }
    return at <= end;
  }

  private static int find(String value, int from, int end, Part part) {
    String literal = part.literal == null ? "" : part.literal;
    if (!part.fold) {
      return from > end ? -1 : value.indexOf(literal, from, end);
    }
    for (int i = from; i + literal.length() <= end; i++) {
      if (at(value, i, part)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean at(String value, int offset, Part part) {
    String literal = part.literal == null ? "" : part.literal;
    if (!part.fold) {
      return value.startsWith(literal, offset);
    }
    if (offset + literal.length() > value.length()) {
      return false;
    }
    for (int i = 0; i < literal.length(); i++) {
      if (fold(value.charAt(offset + i)) != fold(literal.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /// The lower case of what equals an ASCII letter under Unicode's simple folding, else `c`.
  static char fold(char c) {
    if (c >= 'A' && c <= 'Z') {
      return (char) (c + 32);
    }
    return c == '\u017f' ? 's' : c == '\u212a' ? 'k' : c;
  }

  /// `text` with every character folded.
  static String fold(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (fold(text.charAt(i)) != text.charAt(i)) {
        char[] folded = text.toCharArray();
        for (int j = i; j < folded.length; j++) {
          folded[j] = fold(folded[j]);
        }
        return new String(folded);
      }
    }
    return text;
  }
}
