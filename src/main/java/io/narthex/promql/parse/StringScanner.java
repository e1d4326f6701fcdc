package io.narthex.promql.parse;

import org.jspecify.annotations.Nullable;

/// Reads strings: in double or single quotes with Go's escapes, or raw in back quotes.
final class StringScanner {

  private final Scanner in;

  /// The quote of the string that is being read, or 0.
  private int quote;

  StringScanner(Scanner in) {
    this.in = in;
  }

  /// Whether an error stopped the reading in the middle of a string.
  boolean open() {
    return quote != 0;
  }

  /// Reads a string whose opening quote has been taken.
  Token begin(int openingQuote) {
    quote = openingQuote;
    return resume();
  }

  /// Reads on; also after an error inside.
  Token resume() {
    boolean raw = quote == '`';
    while (true) {
      int rune = in.next();
      if (rune == quote) {
        quote = 0;
        return in.emit(Tok.STRING);
      }
      if (rune == QueryText.BAD_RUNE) {
        return in.error("invalid UTF-8 rune");
      }
      if (rune == QueryText.EOF || rune == '\n' && !raw) {
        quote = 0;
        return in.error(raw ? "unterminated raw string" : "unterminated quoted string");
      }
      if (rune == '\\' && !raw) {
        String wrong = escape();
        if (wrong != null) {
          return in.error(wrong);
        }
      }
    }
  }

  /// Takes an escape sequence whose backslash has been taken. Returns what is wrong with it.
  private @Nullable String escape() {
    int rune = in.next();
    if (rune == quote) {
      return null;
    }
    return switch (rune) {
      case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\' -> null;
      case '0', '1', '2', '3', '4', '5', '6', '7' -> number(rune, 3, 8, 255);
      case 'x' -> number(in.next(), 2, 16, 255);
      case 'u' -> number(in.next(), 4, 16, Character.MAX_CODE_POINT);
      case 'U' -> number(in.next(), 8, 16, Character.MAX_CODE_POINT);
      case QueryText.EOF -> "escape sequence not terminated";
      default -> "unknown escape sequence " + unicode(rune);
    };
  }

  private @Nullable String number(int first, int digits, int base, int max) {
    long value = 0;
    int rune = first;
    for (int i = 0; i < digits; i++) {
      int digit = rune < 0 || rune >= 0x80 ? -1 : Character.digit(rune, base);
      if (digit < 0) {
        return rune == QueryText.EOF
            ? "escape sequence not terminated"
            : "illegal character " + unicode(rune) + " in escape sequence";
      }
      value = value * base + digit;
      if (i + 1 < digits) {
        rune = in.next();
      }
    }
    boolean surrogate = value >= 0xd800 && value < 0xe000;
    return value > max || surrogate ? "escape sequence is an invalid Unicode code point" : null;
  }

  /// Go's `%#U`: `U+002E '.'`.
  private static String unicode(int rune) {
    String shown = Scanner.quote(rune);
    String code = String.format("U+%04X", rune);
    boolean printable = shown.length() == 2 + Character.charCount(rune) || rune == '\'';
    return printable || rune == '\\' ? code + " '" + Character.toString(rune) + "'" : code;
  }
}
