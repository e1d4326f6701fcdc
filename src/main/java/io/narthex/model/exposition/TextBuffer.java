package io.narthex.model.exposition;

import io.narthex.model.sample.FloatBytes;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing byte buffer that an exposition is written to, in UTF-8. Not thread-safe; reusable
/// after `clear`.
public final class TextBuffer {

  private byte[] bytes;
  private int length;

  public TextBuffer() {
    this(16 * 1024);
  }

  /// @param capacityBytes room at the start, at least 16
  public TextBuffer(int capacityBytes) {
    bytes = new byte[Math.max(16, capacityBytes)];
  }

  /// Bytes written so far.
  public int length() {
    return length;
  }

  /// Forgets what was written, keeps the room.
  public void clear() {
    length = 0;
  }

  /// A copy of what was written.
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /// What was written, as text.
  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /// Appends one character.
  public void put(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  /// Appends `text` as it is.
  @SuppressWarnings("deprecation") // the four-argument getBytes is the one that copies no array
  public void put(String text) {
    int chars = text.length();
    reserve(chars * 3);
    if (isAscii(text)) {
      text.getBytes(0, chars, bytes, length);
      length += chars;
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  /// Appends `text` with backslash and line feed escaped, and the double quote too if asked.
  void putEscaped(String text, boolean quotes) {
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' || c == '\n' || quotes && c == '"') {
        put(text.substring(from, i));
        put('\\');
        put(c == '\n' ? 'n' : c);
        from = i + 1;
      }
    }
    put(from == 0 ? text : text.substring(from));
  }

  /// Appends a whole number.
  public void put(long number) {
    put(Long.toString(number));
  }

  /// Appends bytes of a text in UTF-8.
  public void put(byte[] utf8) {
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  /// Writes what there is to `out`, and forgets it.
  public void drainTo(PrintStream out) {
    out.write(bytes, 0, length);
    length = 0;
  }

  /// Appends a number in Go's `%g` form.
  public void put(double number) {
    reserve(32);
    length = FloatBytes.write(number, bytes, length);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }

  /// Whether what was written from `from` on has one of the characters that mark a float.
  boolean looksFloat(int from) {
    for (int i = from; i < length; i++) {
      if (bytes[i] == '.' || bytes[i] == 'e' || bytes[i] == 'f' || bytes[i] == 'N') {
        return true;
      }
    }
    return false;
  }
}
