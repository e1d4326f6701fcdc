package io.narthex.promql.parse;

import io.narthex.model.labels.GoQuote;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The values of literals: numbers in Go's notation, strings with Go's escapes.
final class Literals {

  private static final String DECIMALS = "[0-9]+(?:_[0-9]+)*";

  private static final Pattern DECIMAL =
      Pattern.compile(
          "(?:D(?:\\.(?:D)?)?|\\.D)(?:[eE][+-]?D)?".replace("D", DECIMALS) + "|(?i:inf|nan)");

  private static final Pattern HEXADECIMAL = Pattern.compile("0[xX](?:_?[0-9a-fA-F])+");

  private Literals() {}

  /// The value of a number token: integers with base prefix and leading-zero octal, else a float.
  ///
  /// @throws IllegalArgumentException with Go's wording
  static double number(String text) {
    boolean hexadecimal = HEXADECIMAL.matcher(text).matches();
    if (!hexadecimal && !DECIMAL.matcher(text).matches()) {
      throw wrong(text, "invalid syntax");
    }
    String digits = text.replace("_", "");
    String lower = digits.toLowerCase(Locale.ROOT);
    if (hexadecimal) {
      return hex(text, lower.substring(2));
    }
    boolean integer = true;
    for (int i = 0; i < lower.length(); i++) {
      integer &= Scanner.isDigit(lower.charAt(i));
    }
    if (integer && lower.length() > 1 && lower.charAt(0) == '0') {
      Double octal = octal(lower);
      if (octal != null) {
        return octal;
      }
    }
    if (lower.equals("nan")) {
      return Double.NaN;
    }
    double value = lower.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(digits);
    if (Double.isInfinite(value) && !lower.equals("inf")) {
      throw wrong(text, "value out of range");
    }
    return value;
  }

  private static double hex(String text, String digits) {
    boolean fits = new BigInteger(digits, 16).bitLength() < 64;
    if (!fits) {
      throw wrong(text, "invalid syntax");
    }
    return Long.parseLong(digits, 16);
  }

  private static @Nullable Double octal(String digits) {
    try {
      return (double) Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      // 08 and what is too long for an integer are decimal floats.
      return null;
    }
  }

  private static IllegalArgumentException wrong(String text, String why) {
    return new IllegalArgumentException("strconv.ParseFloat: parsing " + quote(text) + ": " + why);
  }

  /// The value of a string token, quotes included. The lexer has checked its escapes.
  static String unquote(String token) {
    String body = token.substring(1, token.length() - 1);
    if (token.charAt(0) == '`' || body.indexOf('\\') < 0) {
      return body;
    }
    byte[] in = QueryText.of(body).bytes;
    byte[] out = new byte[in.length];
    int n = 0;
    for (int i = 0; i < in.length; ) {
      if (in[i] != '\\') {
        out[n++] = in[i++];
        continue;
      }
      int kind = in[i + 1];
      int digits = digits(kind);
      if (digits == 0) {
        out[n++] = (byte) simple(kind);
        i += 2;
        continue;
      }
      boolean octal = kind <= '7';
      int from = octal ? i + 1 : i + 2;
      int value = Integer.parseInt(QueryText.text(in, from, from + digits), octal ? 8 : 16);
      if (digits > 3) {
        n = QueryText.encode(value, out, n);
      } else {
        out[n++] = (byte) value;
      }
      i = from + digits;
    }
    return QueryText.text(out, 0, n);
  }

  private static int digits(int kind) {
    return switch (kind) {
      case 'x' -> 2;
      case 'u' -> 4;
      case 'U' -> 8;
      default -> Scanner.isDigit(kind) ? 3 : 0;
    };
  }

  private static int simple(int kind) {
    return switch (kind) {
      case 'a' -> 7;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 11;
      default -> kind;
    };
  }

  static String quote(String text) {
    return GoQuote.quote(text);
  }
}
