package io.narthex.promql.parse;

import java.util.Arrays;

/// A query as UTF-8 bytes: positions in errors and trees are byte offsets. A byte that is not UTF-8
/// travels in a String as the lone surrogate U+DC00 + byte, and comes back as that byte.
final class QueryText {

  /// What reading beyond the end gives.
  static final int EOF = -1;

  /// What a byte that is not UTF-8 reads as.
  static final int BAD_RUNE = 0xfffd;

  final byte[] bytes;
  final int length;

  private QueryText(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  static QueryText of(String text) {
    byte[] bytes = new byte[text.length() * 3];
    int n = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes[n++] = (byte) c;
      } else if (c >= 0xdc80 && c <= 0xdcff) {
        bytes[n++] = (byte) c;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        n = encode(Character.toCodePoint(c, text.charAt(++i)), bytes, n);
      } else {
        n = encode(Character.isSurrogate(c) ? BAD_RUNE : c, bytes, n);
      }
    }
    return new QueryText(Arrays.copyOf(bytes, n), n);
  }

  /// Writes a code point as UTF-8 and returns the end.
  static int encode(int c, byte[] out, int at) {
    int n = at;
    if (c < 0x80) {
      out[n++] = (byte) c;
    } else if (c < 0x800) {
      out[n++] = (byte) (0xc0 | c >> 6);
      out[n++] = (byte) (0x80 | c & 0x3f);
    } else if (c < 0x10000) {
      out[n++] = (byte) (0xe0 | c >> 12);
      out[n++] = (byte) (0x80 | c >> 6 & 0x3f);
      out[n++] = (byte) (0x80 | c & 0x3f);
    } else {
      out[n++] = (byte) (0xf0 | c >> 18);
      out[n++] = (byte) (0x80 | c >> 12 & 0x3f);
      out[n++] = (byte) (0x80 | c >> 6 & 0x3f);
      out[n++] = (byte) (0x80 | c & 0x3f);
    }
    return n;
  }

  /// The code point at `at`, or BAD_RUNE if the bytes there are not UTF-8, or EOF.
  int runeAt(int at) {
    if (at >= length) {
      return EOF;
    }
    int first = bytes[at];
    return first >= 0 ? first : decode(bytes, at, length);
  }

  /// How many bytes the code point at `at` takes; 1 for a bad byte, 0 at the end.
  int widthAt(int at) {
    if (at >= length) {
      return 0;
    }
    return bytes[at] >= 0 ? 1 : width(decode(bytes, at, length), bytes, at);
  }

  private static int width(int rune, byte[] bytes, int at) {
    if (rune == BAD_RUNE && bytes[at] != (byte) 0xef) {
      return 1;
    }
    // U+FFFD itself is EF BF BD; a bad sequence may begin with EF too.
    if (rune == BAD_RUNE
        && (at + 2 >= bytes.length
            || bytes[at + 1] != (byte) 0xbf
            || bytes[at + 2] != (byte) 0xbd)) {
      return 1;
    }
    return rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
  }

  private static int decode(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xff;
    int count = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || at + count > end) {
      return BAD_RUNE;
    }
    int rune = first & (0x7f >> count);
    for (int i = 1; i < count; i++) {
      int next = bytes[at + i] & 0xff;
      if ((next & 0xc0) != 0x80) {
        return BAD_RUNE;
      }
      rune = rune << 6 | next & 0x3f;
    }
    boolean overlong = rune < (count == 2 ? 0x80 : count == 3 ? 0x800 : 0x10000);
    boolean surrogate = rune >= 0xd800 && rune < 0xe000;
    return overlong || surrogate || rune > 0x10ffff ? BAD_RUNE : rune;
  }

  /// Text of the bytes `[start, end)`.
  String slice(int start, int end) {
    return text(bytes, start, end);
  }

  /// Text of bytes, with lone surrogates for those that are not UTF-8.
  static String text(byte[] bytes, int start, int end) {
    StringBuilder out = new StringBuilder(end - start);
    for (int i = start; i < end; ) {
      int rune = bytes[i] >= 0 ? bytes[i] : decode(bytes, i, end);
      int width = rune < 0x80 ? 1 : width(rune, bytes, i);
      if (rune == BAD_RUNE && width == 1) {
        out.append((char) (0xdc00 + (bytes[i] & 0xff)));
      } else {
        out.appendCodePoint(rune);
      }
      i += width;
    }
    return out.toString();
  }

  /// `line:column` of a byte offset, both from 1, columns counted in bytes.
  String place(int offset) {
    if (length == 0) {
      return "unknown position";
    }
    if (offset < 0 || offset > length) {
      return "invalid position";
    }
    int line = 1;
    int lineBreak = -1;
    for (int i = 0; i < offset; i++) {
      if (bytes[i] == '\n') {
        line++;
        lineBreak = i;
      }
    }
    return line + ":" + (offset - lineBreak);
  }
}
