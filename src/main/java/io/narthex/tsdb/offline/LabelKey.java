package io.narthex.tsdb.offline;

import io.narthex.io.bytes.BytesOut;
import io.narthex.model.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Labels as bytes whose order, byte by byte and unsigned, is that of the labels: so they are
/// sorted and compared without being made. Each name and each value is its UTF-8 and then a zero
/// byte; a zero within a value is followed by 0xff, which begins no text.
final class LabelKey {

  private static final int END = 0;
  private static final int ESCAPE = 0xff;

  private LabelKey() {}

  /// Appends the key of `labels`.
  static void write(Labels labels, BytesOut out) {
    for (int i = 0; i < labels.size(); i++) {
      write(labels.name(i), out);
      write(labels.value(i), out);
    }
  }

  private static void write(String text, BytesOut out) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (text.indexOf('\0') < 0) {
      out.bytes(utf8);
    } else {
      for (byte b : utf8) {
        out.u8(b);
        if (b == END) {
          out.u8(ESCAPE);
        }
      }
    }
    out.u8(END);
  }

  /// The labels of a key.
  static Labels read(byte[] key) {
    List<String> pairs = new ArrayList<>();
    for (int from = 0; from < key.length; ) {
      int end = end(key, from);
      String text = new String(key, from, end - from, StandardCharsets.ISO_8859_1);
      boolean plain = isAscii(key, from, end);
      pairs.add(plain ? text : utf8(text));
      from = end + 1;
    }
    return Labels.ofSorted(pairs.toArray(new String[0]));
  }

  /// Where the text from `from` ends.
  private static int end(byte[] key, int from) {
    int at = from;
    while (key[at] != END || at + 1 < key.length && key[at + 1] == (byte) ESCAPE) {
      at++;
    }
    return at;
  }

  private static boolean isAscii(byte[] key, int from, int end) {
    for (int i = from; i < end; i++) {
      if (key[i] <= 0) {
        return false;
      }
    }
    return true;
  }

  /// What `escaped`, a char for each byte, stands for.
  private static String utf8(String escaped) {
    String bytes = escaped.replace("\0\u00ff", "\0");
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
