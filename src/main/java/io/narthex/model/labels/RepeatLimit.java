package io.narthex.model.labels;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Refuses counted repetitions that multiply to more than 1000, as Go's RE2 does and RE2/J does
/// not: `((a{100}){100}){100}` would become a program of a million instructions.
final class RepeatLimit {

  private static final long MOST = 1000;

  private final String text;
  private int at;

  private RepeatLimit(String text) {
    this.text = text;
  }

  /// The first repetition that goes too far, as it is written, or null. The expression is otherwise
  /// right.
  static @Nullable String violation(String regex) {
    return regex.indexOf('{') < 0 ? null : new RepeatLimit(regex).find();
  }

  /// Walks over the text with the greatest product of repetitions in each open group, and in the
  /// atom that was read last.
  private @Nullable String find() {
    ArrayDeque<Long> groups = new ArrayDeque<>();
    long group = 1;
    long atom = 1;
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '(' -> {
          groups.push(group);
          group = 1;
          atom = 1;
        }
        case ')' -> {
          atom = group;
          group = Math.max(groups.isEmpty() ? 1 : groups.pop(), atom);
        }
        case '{' -> {
          int open = at - 1;
          long count = count();
          if (count >= 0) {
            atom *= Math.max(1, count);
            if (atom > MOST) {
              return text.substring(open, at);
            }
            group = Math.max(group, atom);
          }
        }
        case '\\' -> {
          skipEscape();
          atom = 1;
        }
        case '[' -> {
          skipClass();
          atom = 1;
        }
        case '*', '+', '?' -> {}
        default -> atom = 1;
      }
    }
    return null;
  }

  /// The count of `{n}`, `{n,}` or `{n,m}` behind the brace, which is read; -1 if it is plain text.
  private long count() {
    int close = text.indexOf('}', at);
    String inside = close < 0 ? "" : text.substring(at, close);
    if (!inside.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
      return -1;
    }
    at = close + 1;
    String[] bounds = inside.split(",");
    return Long.parseLong(bounds[bounds.length - 1]);
  }

  private void skipEscape() {
    boolean quoted = at < text.length() && text.charAt(at) == 'Q';
    int end = quoted ? text.indexOf("\\E", at) : -1;
    if (quoted) {
      at = end < 0 ? text.length() : end + 2;
      return;
    }
    boolean braced =
        at + 1 < text.length() && "pPx".indexOf(text.charAt(at)) >= 0 && text.charAt(at + 1) == '{';
    int close = braced ? text.indexOf('}', at) : -1;
    at = close < 0 ? at + 1 : close + 1;
  }

  private void skipClass() {
    if (at < text.length() && text.charAt(at) == '^') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == ']') {
      at++;
    }
    while (at < text.length() && text.charAt(at) != ']') {
      at += text.charAt(at) == '\\' ? 2 : text.startsWith("[:", at) ? 2 : 1;
    }
    at++;
  }
}
