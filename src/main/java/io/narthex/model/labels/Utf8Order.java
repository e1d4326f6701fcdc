package io.narthex.model.labels;

/// The order of label names and values everywhere in the field: by their UTF-8 bytes.
public final class Utf8Order {

  private Utf8Order() {}

  /// Compares by UTF-8 bytes. Differs from `String.compareTo` only where one side has a surrogate
  /// pair.
  public static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean xHigh = Character.isSurrogate(x);
        boolean yHigh = Character.isSurrogate(y);
        // A surrogate belongs to a code point above every other char.
        return xHigh == yHigh ? x - y : xHigh ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }
}
