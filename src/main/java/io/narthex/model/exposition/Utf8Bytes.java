package io.narthex.model.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.model.labels.GoQuote;

/// UTF-8 as it stands in a body: whether it is valid, and how Go quotes it if it is not.
final class Utf8Bytes {

  private Utf8Bytes() {}

  /// Whether `[from, to)` is well-formed UTF-8.
  static boolean isValid(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (bytes[i] >= 0) {
        i++;
        continue;
      }
      int length = sequence(bytes, i, to);
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return true;
  }

  /// Length of the well-formed sequence at `i`, or 0.
  private static int sequence(byte[] bytes, int i, int to) {
    int first = bytes[i] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || i + length > to) {
      return 0;
    }
    int second = bytes[i + 1] & 0xff;
    int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) {
      return 0;
    }
    for (int k = 2; k < length; k++) {
      if ((bytes[i + k] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /// `[from, to)` in quotes, bytes that are not UTF-8 as `\xff`.
  static String quote(byte[] bytes, int from, int to) {
    StringBuilder out = new StringBuilder("\"");
    int run = from;
    int i = from;
    while (i < to) {
      int length = sequence(bytes, i, to);
      if (length > 0) {
        i += length;
        continue;
      }
      plain(bytes, run, i, out);
      out.append(String.format("\\x%02x", bytes[i] & 0xff));
      run = ++i;
    }
    plain(bytes, run, to, out);
    return out.append('"').toString();
  }

  private static void plain(byte[] bytes, int from, int to, StringBuilder out) {
    String quoted = GoQuote.quote(new String(bytes, from, to - from, UTF_8));
    out.append(quoted, 1, quoted.length() - 1);
  }
}
