package io.narthex.exporter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The small grammar that the kernel's files share: lines, fields, numbers.
public final class KernelText {

  private KernelText() {}

  /// Lines without their ends; no empty one behind the last line feed.
  public static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      end = end < 0 ? text.length() : end;
      lines.add(text.substring(from, end));
      from = end + 1;
    }
    return lines;
  }

  /// What stands between white space.
  public static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    int length = line.length();
    while (at < length) {
      while (at < length && line.charAt(at) <= ' ') {
        at++;
      }
      int from = at;
      while (at < length && line.charAt(at) > ' ') {
        at++;
      }
      if (at > from) {
        fields.add(line.substring(from, at));
      }
    }
    return fields;
  }

  /// An unsigned 64-bit number as the nearest double.
  public static double unsigned(String text) throws IOException {
    return unsigned(text, 10);
  }

  /// An unsigned 64-bit number of the given radix as the nearest double.
  public static double unsigned(String text, int radix) throws IOException {
    try {
      return unsigned(Long.parseUnsignedLong(text, radix));
    } catch (NumberFormatException e) {
      throw new IOException("not an unsigned number: \"" + text + '"', e);
    }
  }

  /// The nearest double of 64 unsigned bits.
  public static double unsigned(long bits) {
    // Half the number with the lost bit kept sticky rounds as the whole would.
    return bits >= 0 ? bits : (double) (bits >>> 1 | bits & 1) * 2;
  }

  /// A signed number; `0x` and a leading `0` tell its radix.
  public static long signed(String text) throws IOException {
    try {
      return Long.decode(text);
    } catch (NumberFormatException e) {
      throw new IOException("not a number: \"" + text + '"', e);
    }
  }

  /// A number with or without a fraction.
  public static double decimal(String text) throws IOException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IOException("not a number: \"" + text + '"', e);
    }
  }

  /// The field at `i`.
  public static String field(List<String> fields, int i, String where) throws IOException {
    if (i >= fields.size()) {
      throw new IOException("too few fields in " + where + ": " + fields);
    }
    return fields.get(i);
  }
}
