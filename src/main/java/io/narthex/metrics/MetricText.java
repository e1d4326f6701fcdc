package io.narthex.metrics;

/// Numbers as expositions write them: Go's `strconv.FormatFloat(v, 'g', -1, 64)`.
public final class MetricText {

  private MetricText() {}

  /// Shortest text that reads back as `value`; exponents below -4 or from 6 on are written as such
  /// (`1e+06`), with at least two digits.
  public static String number(double value) {
    if (value == Double.POSITIVE_INFINITY) {
      return "+Inf";
    }
    if (value == Double.NEGATIVE_INFINITY) {
      return "-Inf";
    }
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (value == (long) value && Math.abs(value) < 1e6) {
      return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
    }
    return shortest(value);
  }

  private static String shortest(double value) {
    String java = Double.toString(Math.abs(value));
    int e = java.indexOf('E');
    String mantissa = e < 0 ? java : java.substring(0, e);
    int point = mantissa.indexOf('.');
    String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
    int lead = 0;
    while (digits.charAt(lead) == '0') {
      lead++;
    }
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    int exponent = point - 1 - lead + (e < 0 ? 0 : Integer.parseInt(java.substring(e + 1)));
    digits = fewest(digits.substring(lead, end), exponent, Math.abs(value));
    StringBuilder out = new StringBuilder(24);
    if (value < 0) {
      out.append('-');
    }
    return (exponent < -4 || exponent >= 6
            ? scientific(digits, exponent, out)
            : plain(digits, exponent, out))
        .toString();
  }

  /// Java writes at least two digits (`4.9E-324`) where one may do (`5e-324`).
  private static String fewest(String digits, int exponent, double value) {
    if (digits.length() == 2) {
      int tens = digits.charAt(0) - '0' + (digits.charAt(1) >= '5' ? 1 : 0);
      if (tens < 10 && Double.parseDouble(tens + "e" + exponent) == value) {
        return Integer.toString(tens);
      }
    }
    return digits;
  }

  private static StringBuilder scientific(String digits, int exponent, StringBuilder out) {
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append('e').append(exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    if (size < 10) {
      out.append('0');
    }
    return out.append(size);
  }

  private static StringBuilder plain(String digits, int exponent, StringBuilder out) {
    if (exponent < 0) {
      return out.append("0.").repeat("0", -exponent - 1).append(digits);
    }
    int whole = exponent + 1;
    if (digits.length() <= whole) {
      return out.append(digits).repeat("0", whole - digits.length());
    }
    return out.append(digits, 0, whole).append('.').append(digits, whole, digits.length());
  }
}
