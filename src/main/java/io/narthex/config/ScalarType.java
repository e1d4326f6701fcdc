package io.narthex.config;

import java.util.Set;
import java.util.regex.Pattern;

/// Types of scalars, told from their text as Prometheus' YAML reader (yaml.v2) tells them: YAML
/// 1.1's booleans, Go's integers and floats. Dates stay texts.
enum ScalarType {
  STRING("!!str"),
  NULL("!!null"),
  BOOL("!!bool"),
  INT("!!int"),
  FLOAT("!!float");

  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Pattern INTEGER =
      Pattern.compile("[-+]?(0x[0-9a-fA-F_]+|0b[01_]+|0o[0-7_]+|[0-9][0-9_]*)");
  private static final Pattern DECIMAL =
      Pattern.compile(
          "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private final String tag;

  ScalarType(String tag) {
    this.tag = tag;
  }

  String tag() {
    return tag;
  }

  /// The type of an unquoted scalar.
  static ScalarType ofPlain(String text) {
    if (NULLS.contains(text)) {
      return NULL;
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return BOOL;
    }
    if (INTEGER.matcher(text).matches()) {
      return INT;
    }
    return DECIMAL.matcher(text).matches() ? FLOAT : STRING;
  }

  /// The value of a `BOOL`.
  static boolean isTrue(String text) {
    return TRUE.contains(text);
  }

  /// The value of an `INT`, in any of the notations.
  ///
  /// @throws NumberFormatException if it needs more than 64 bits
  static long integer(String text) {
    String digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    int radix = 10;
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      char mark = digits.charAt(1);
      radix = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
      digits = digits.substring(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
    }
    return Long.parseLong(negative ? "-" + digits : digits, radix);
  }

  /// The value of a `FLOAT` or an `INT`.
  static double decimal(String text) {
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    if (lower.endsWith(".inf")) {
      return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (lower.equals(".nan")) {
      return Double.NaN;
    }
    return INTEGER.matcher(text).matches() ? integer(text) : Double.parseDouble(text);
  }
}
