package io.narthex.model.exposition;

import io.narthex.model.labels.GoQuote;

/// Floats as Go's `strconv` reads and writes them.
final class GoFloat {

  private GoFloat() {}

  /// Reads a float in the formats that expositions allow: decimal, `Inf`, `NaN`, in any case.
  ///
  /// @throws NumberFormatException with Go's wording
  static double parse(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 'p' || c == 'P' || c == '_') {
        throw new NumberFormatException("unsupported character in float");
      }
    }
    boolean sign = text.startsWith("+") || text.startsWith("-");
    String rest = sign ? text.substring(1) : text;
    if (rest.equalsIgnoreCase("inf") || rest.equalsIgnoreCase("infinity")) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (!sign && rest.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    if (!isDecimal(rest)) {
      throw failed(text, "invalid syntax");
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw failed(text, "value out of range");
    }
    return value;
  }

  private static NumberFormatException failed(String text, String why) {
    return new NumberFormatException(
        "strconv.ParseFloat: parsing " + GoQuote.quote(text) + ": " + why);
  }

  private static boolean isDecimal(String text) {
    int at = digits(text, 0);
    int count = at;
    if (text.startsWith(".", at)) {
      int fraction = digits(text, at + 1);
      count += fraction - at - 1;
      at = fraction;
    }
    if (count == 0) {
      return false;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      int exponent = digits(text, at);
      if (exponent == at) {
        return false;
      }
      at = exponent;
    }
    return at == text.length();
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /// The text of a bucket bound or quantile in OpenMetrics: shortest, with a point or an exponent.
  static String openMetrics(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    String text = general(value);
    return text.indexOf('.') >= 0 || text.indexOf('e') >= 0 ? text : text + ".0";
  }

  /// Go's `FormatFloat(value, 'g', -1, 64)` of a finite value: shortest digits, exponents below -4
  /// and from 6 up are written out.
  static String general(double value) {
    if (value == 0) {
      return "0";
    }
    String java = Double.toString(Math.abs(value));
    int e = java.indexOf('E');
    String mantissa = e < 0 ? java : java.substring(0, e);
    int point = mantissa.indexOf('.');
    StringBuilder digits = new StringBuilder(mantissa).deleteCharAt(point);
    int exponent = point - 1 + (e < 0 ? 0 : Integer.parseInt(java.substring(e + 1)));
    while (digits.length() > 1 && digits.charAt(0) == '0') {
      digits.deleteCharAt(0);
      exponent--;
    }
    while (digits.length() > 1 && digits.charAt(digits.length() - 1) == '0') {
      digits.setLength(digits.length() - 1);
    }
    String sign = value < 0 ? "-" : "";
    return sign
        + (exponent < -4 || exponent >= 6 ? scientific(digits, exponent) : plain(digits, exponent));
  }

  private static String scientific(StringBuilder digits, int exponent) {
    if (digits.length() > 1) {
      digits.insert(1, '.');
    }
    digits.append('e').append(exponent < 0 ? '-' : '+');
    if (Math.abs(exponent) < 10) {
      digits.append('0');
    }
    return digits.append(Math.abs(exponent)).toString();
  }

  private static String plain(StringBuilder digits, int exponent) {
    if (exponent < 0) {
      return digits.insert(0, "0." + "0".repeat(-exponent - 1)).toString();
    }
    while (digits.length() <= exponent) {
      digits.append('0');
    }
    if (digits.length() > exponent + 1) {
      digits.insert(exponent + 1, '.');
    }
    return digits.toString();
  }
}
