package io.narthex.promql.exec.function;

import io.narthex.model.labels.Utf8Order;

/// Order of texts in which runs of digits count as numbers.
final class NaturalOrder {

  private NaturalOrder() {}

  /// Whether `a` comes before `b`, which differs from it.
  static boolean before(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int iEnd = runEnd(a, i);
      int jEnd = runEnd(b, j);
      int order =
          digit(a.charAt(i)) && digit(b.charAt(j))
              ? compareNumbers(a.substring(i, iEnd), b.substring(j, jEnd))
              : Utf8Order.compare(a.substring(i, iEnd), b.substring(j, jEnd));
      if (order != 0) {
        return order < 0;
      }
      i = iEnd;
      j = jEnd;
    }
    return j < b.length() || i == a.length() && Utf8Order.compare(a, b) < 0;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int runEnd(String text, int from) {
    boolean digits = digit(text.charAt(from));
    int end = from + 1;
    while (end < text.length() && digit(text.charAt(end)) == digits) {
      end++;
    }
    return end;
  }

  private static int compareNumbers(String a, String b) {
    String x = withoutZeros(a);
    String y = withoutZeros(b);
    return x.length() == y.length() ? x.compareTo(y) : x.length() - y.length();
  }

  private static String withoutZeros(String digits) {
    int i = 0;
    while (i < digits.length() - 1 && digits.charAt(i) == '0') {
      i++;
    }
    return digits.substring(i);
  }
}
