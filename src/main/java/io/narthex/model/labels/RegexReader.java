package io.narthex.model.labels;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads those regular expressions that are lists of simple patterns: literals, `.*`, `.+`, groups,
/// alternatives, `?`, small character classes, `(?i)`. They are nearly all that people write over
/// labels, and need no automaton. Everything else, mistakes included, is left to RE2.
final class RegexReader {

  /// Groups multiply: beyond this an automaton is better.
  private static final int MAX_PRODUCT = 1000;

  private static final int MAX_DEPTH = 50;

  /// Ends reading: the expression is not simple.
  private static final class NotSimple extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotSimple() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private int at;
  private int depth;

  private RegexReader(String text) {
    this.text = text;
  }

  /// The alternatives of `text`, or null if it is not simple.
  static @Nullable List<RegexPattern> read(String text) {
    RegexReader reader = new RegexReader(text);
    try {
      List<RegexPattern> all = reader.alternatives(false);
      return reader.at == text.length() ? all : null;
    } catch (NotSimple e) {
      return null;
    }
  }

  private List<RegexPattern> alternatives(boolean foldAtStart) {
    boolean fold = foldAtStart;
    List<RegexPattern> all = new ArrayList<>();
    List<RegexPattern> current = List.of(RegexPattern.EMPTY);
    boolean atStart = true;
    while (at < text.length() && text.charAt(at) != ')') {
      char c = text.charAt(at);
      if (c == '|') {
        at++;
        all.addAll(current);
        current = List.of(RegexPattern.EMPTY);
        atStart = true;
        continue;
      }
      Boolean flag = flag();
      if (flag != null) {
        fold |= flag;
      } else if (!anchor(c, atStart)) {
        current = product(current, optional(item(c, fold)));
        atStart = false;
      }
    }
    all.addAll(current);
    return all;
  }

  /// Takes `^` at the start and `$` at the end of an alternative of the whole expression: there
  /// they change nothing, since the expression is anchored anyway.
  private boolean anchor(char c, boolean atStart) {
    if (depth > 0) {
      return false;
    }
    boolean end = at + 1 == text.length() || text.charAt(at + 1) == '|';
    boolean quantified = at + 1 < text.length() && "*+?{".indexOf(text.charAt(at + 1)) >= 0;
    if (!quantified && (c == '^' && atStart || c == '$' && end)) {
      at++;
      return true;
    }
    return false;
  }

  /// Takes a flag that holds for the rest of the group. True if it is `i`, false if it changes
  /// nothing, null if there is none.
  private @Nullable Boolean flag() {
    boolean fold = text.startsWith("(?i)", at);
    if (!fold && !text.startsWith("(?s)", at)) {
      return null;
    }
    at += 4;
    notQuantified();
    return fold;
  }

  private List<RegexPattern> item(char c, boolean fold) {
    return switch (c) {
      case '(' -> group(fold);
      case '.' -> List.of(gap());
      case '[' -> characterClass(fold);
      case '\\' -> {
        at++;
        char escaped = at < text.length() ? text.charAt(at) : 'a';
        if (escaped >= 0x7f || escaped <= ' ' || Character.isLetterOrDigit(escaped)) {
          throw new NotSimple();
        }
        at++;
        yield List.of(literal(Character.toString(escaped), fold));
      }
      case '*', '+', '?', '{', '}', ']', '^', '$' -> throw new NotSimple();
      default -> {
        int rune = text.codePointAt(at);
        at += Character.charCount(rune);
        yield List.of(literal(Character.toString(rune), fold));
      }
    };
  }

  private static RegexPattern literal(String literal, boolean fold) {
    if (fold && literal.charAt(0) >= 0x80) {
      throw new NotSimple();
    }
    return new RegexPattern(List.of(RegexPattern.Part.literal(literal, fold)));
  }

  private RegexPattern gap() {
    at++;
    char quantifier = at < text.length() ? text.charAt(at) : 0;
    if (quantifier != '*' && quantifier != '+') {
      throw new NotSimple();
    }
    at++;
    notQuantified();
    return new RegexPattern(List.of(RegexPattern.Part.gap(quantifier == '+' ? 1 : 0)));
  }

  private void notQuantified() {
    if (at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0) {
      throw new NotSimple();
    }
  }

  private List<RegexPattern> group(boolean foldAround) {
    boolean fold = foldAround;
    if (text.startsWith("(?:", at) || text.startsWith("(?s:", at)) {
      at = text.indexOf(':', at) + 1;
    } else if (text.startsWith("(?i:", at)) {
      at += 4;
      fold = true;
    } else if (text.startsWith("(?", at)) {
      throw new NotSimple();
    } else {
      at++;
    }
    depth++;
    if (depth > MAX_DEPTH) {
      throw new NotSimple();
    }
    List<RegexPattern> inner = alternatives(fold);
    depth--;
    if (at == text.length()) {
      throw new NotSimple();
    }
    at++;
    return inner;
  }

  /// Letters, digits and underscores, and ranges of them.
  private List<RegexPattern> characterClass(boolean fold) {
    List<RegexPattern> members = new ArrayList<>();
    at++;
    do {
      char low = member();
      char high = low;
      if (at < text.length() && text.charAt(at) == '-') {
        at++;
        high = member();
      }
      if (high < low) {
        throw new NotSimple();
      }
      for (int c = low; c <= high; c++) {
        members.add(literal(Character.toString((char) c), fold));
      }
    } while (at < text.length() && text.charAt(at) != ']');
    if (at == text.length()) {
      throw new NotSimple();
    }
    at++;
    return members;
  }

  private char member() {
    char c = at < text.length() ? text.charAt(at) : 0;
    if (c >= 0x80 || !Character.isLetterOrDigit(c) && c != '_') {
      throw new NotSimple();
    }
    at++;
    return c;
  }

  /// Takes a `?` behind an item.
  private List<RegexPattern> optional(List<RegexPattern> item) {
    if (at == text.length() || text.charAt(at) != '?') {
      notQuantified();
      return item;
    }
    at++;
    notQuantified();
    List<RegexPattern> maybe = new ArrayList<>(item);
    maybe.add(RegexPattern.EMPTY);
    return maybe;
  }

  private static List<RegexPattern> product(List<RegexPattern> heads, List<RegexPattern> tails) {
    if ((long) heads.size() * tails.size() > MAX_PRODUCT && heads.size() > 1) {
      throw new NotSimple();
    }
    List<RegexPattern> all = new ArrayList<>(heads.size() * tails.size());
    for (RegexPattern head : heads) {
      for (RegexPattern tail : tails) {
        RegexPattern both = head.then(tail);
        if (both == null) {
          throw new NotSimple();
        }
        all.add(both);
      }
    }
    return all;
  }
}
