package io.narthex.promql.exec;

/// The order in which people read names with numbers: `a2` before `a10`.
final class Natural {

  private Natural() {}

  static int compare(String a, String b) {
    int i = 0;
    int k = 0;
    while (i < a.length() && k < b.length()) {
      if (digit(a.charAt(i)) && digit(b.charAt(k))) {
        int iEnd = end(a, i);
        int kEnd = end(b, k);
        int c = numbers(a.substring(i, iEnd), b.substring(k, kEnd));
        if (c != 0) {
          return c;
        }
        i = iEnd;
        k = kEnd;
      } else {
        if (a.charAt(i) != b.charAt(k)) {
          return a.charAt(i) - b.charAt(k);
        }
        i++;
        k++;
      }
    }
    return Integer.compare(a.length() - i, b.length() - k);
  }

  private static int numbers(String a, String b) {
    String x = a.replaceFirst("^0+(?=.)", "");
    String y = b.replaceFirst("^0+(?=.)", "");
    int c = Integer.compare(x.length(), y.length());
    c = c != 0 ? c : x.compareTo(y);
    return c != 0 ? c : Integer.compare(a.length(), b.length());
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int end(String text, int from) {
    int at = from;
    while (at < text.length() && digit(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
