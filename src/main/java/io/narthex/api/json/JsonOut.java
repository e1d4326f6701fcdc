package io.narthex.api.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/// Writes JSON as UTF-8 bytes into one reused buffer, and hands it on whenever it is full: an
/// answer of any size needs 64 KiB here. Commas are set by the writer; nesting is the caller's. Not
/// thread-safe.
public final class JsonOut {

  private static final int FLUSH_BYTES = 1 << 16;
  private static final int QUOTED_AT_ONCE = 1024;
  private static final int MOST_ESCAPED_BYTES = 6;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

  /// Takes filled buffers. May block until the reader has taken what came before.
  @FunctionalInterface
  public interface Sink {
    void take(byte[] bytes, int length);
  }

  private final Sink sink;
  private byte[] buffer = new byte[8192];
  private int length;
  private boolean comma;

  public JsonOut(Sink sink) {
    this.sink = sink;
  }

  /// JSON of what `body` writes, as bytes.
  public static byte[] bytes(java.util.function.Consumer<JsonOut> body) {
    var all = new java.io.ByteArrayOutputStream();
    JsonOut out = new JsonOut((b, n) -> all.write(b, 0, n));
    body.accept(out);
    out.flush();
    return all.toByteArray();
  }

  public JsonOut beginObject() {
    return open('{');
  }

  public JsonOut endObject() {
    return close('}');
  }

  public JsonOut beginArray() {
    return open('[');
  }

  public JsonOut endArray() {
    return close(']');
  }

  /// The key of the next value.
  public JsonOut key(String name) {
    separator();
    quoted(name);
    put(':');
    comma = false;
    return this;
  }

  public JsonOut value(String text) {
    separator();
    quoted(text);
    comma = true;
    return this;
  }

  public JsonOut value(long number) {
    separator();
    reserve(NumberText.MAX_BYTES);
    length = NumberText.putLong(number, buffer, length);
    comma = true;
    return this;
  }

  public JsonOut value(boolean flag) {
    return raw(flag ? "true" : "false");
  }

  /// A number in JSON's own notation; NaN and infinities are the caller's to avoid.
  public JsonOut value(double number) {
    separator();
    reserve(NumberText.MAX_BYTES);
    length = NumberText.putSample(number, buffer, length);
    comma = true;
    return this;
  }

  public JsonOut nullValue() {
    return raw("null");
  }

  /// Text that is JSON already.
  public JsonOut raw(String json) {
    separator();
    ascii(json);
    comma = true;
    return this;
  }

  public JsonOut field(String name, String text) {
    return key(name).value(text);
  }

  public JsonOut field(String name, long number) {
    return key(name).value(number);
  }

  public JsonOut field(String name, boolean flag) {
    return key(name).value(flag);
  }

  /// An array of strings.
  public JsonOut strings(Collection<String> texts) {
    beginArray();
    texts.forEach(this::value);
    return endArray();
  }

  /// An object of strings, in the map's order.
  public JsonOut object(Map<String, String> map) {
    beginObject();
    map.forEach(this::field);
    return endObject();
  }

  /// A point `[seconds.millis,"value"]`.
  public JsonOut point(long tMs, double value) {
    separator();
    reserve(2 * NumberText.MAX_BYTES + 8);
    buffer[length] = '[';
    return point(NumberText.putTimestamp(tMs, buffer, length + 1), value);
  }

  /// The same with the text of a step: the inner loop of every large answer.
  JsonOut point(StepTexts steps, long tMs, double value) {
    separator();
    reserve(2 * NumberText.MAX_BYTES + 8);
    buffer[length] = '[';
    return point(steps.put(tMs, buffer, length + 1), value);
  }

  /// What follows the time that ends at `end`.
  private JsonOut point(int end, double value) {
    byte[] b = buffer;
    int n = end;
    b[n++] = ',';
    b[n++] = '"';
    n = NumberText.putSample(value, b, n);
    b[n++] = '"';
    b[n++] = ']';
    length = n;
    comma = true;
    return this;
  }

  /// Seconds with three decimals or none, as timestamps of points are written.
  public JsonOut timestamp(long tMs) {
    separator();
    reserve(NumberText.MAX_BYTES);
    length = NumberText.putTimestamp(tMs, buffer, length);
    comma = true;
    return this;
  }

  /// Seconds with up to three decimals, as times are written that are floats.
  public JsonOut seconds(long tMs) {
    separator();
    reserve(NumberText.MAX_BYTES);
    length = NumberText.putSeconds(tMs, buffer, length);
    comma = true;
    return this;
  }

  /// A sample value in quotes.
  public JsonOut quotedNumber(double value) {
    separator();
    reserve(NumberText.MAX_BYTES + 2);
    buffer[length++] = '"';
    length = NumberText.putSample(value, buffer, length);
    buffer[length++] = '"';
    comma = true;
    return this;
  }

  /// Hands on what is left.
  public void flush() {
    if (length > 0) {
      sink.take(buffer, length);
      length = 0;
    }
  }

  private JsonOut open(char bracket) {
    separator();
    put(bracket);
    comma = false;
    return this;
  }

  private JsonOut close(char bracket) {
    put(bracket);
    comma = true;
    return this;
  }

  private void separator() {
    if (comma) {
      put(',');
    }
  }

  private void put(char c) {
    reserve(1);
    buffer[length++] = (byte) c;
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); ) {
      int part = Math.min(text.length() - i, FLUSH_BYTES / 4);
      byte[] bytes = text.substring(i, i + part).getBytes(StandardCharsets.UTF_8);
      reserve(bytes.length);
      System.arraycopy(bytes, 0, buffer, length, bytes.length);
      length += bytes.length;
      i += part;
    }
  }

  private void quoted(String text) {
    put('"');
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + QUOTED_AT_ONCE);
      reserve((to - from + 1) * MOST_ESCAPED_BYTES);
      from = quoted(text, from, to);
    }
    put('"');
  }

  /// Writes `[from, to)`, or one char more where a pair begins at the end; returns where it
  /// stopped.
  private int quoted(String text, int from, int to) {
    int i = from;
    for (; i < to; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
        buffer[length++] = (byte) c;
      } else if (c < 0x80) {
        escaped(c);
      } else {
        i += utf8(text, i);
      }
    }
    return i;
  }

  private void escaped(char c) {
    byte[] b = buffer;
    b[length++] = '\\';
    switch (c) {
      case '"', '\\' -> b[length++] = (byte) c;
      case '\n' -> b[length++] = 'n';
      case '\r' -> b[length++] = 'r';
      case '\t' -> b[length++] = 't';
      default -> {
        b[length++] = 'u';
        b[length++] = '0';
        b[length++] = '0';
        b[length++] = HEX[c >> 4];
        b[length++] = HEX[c & 15];
      }
    }
  }

  /// Writes the code point at `i`; returns how many more chars it took. A lone surrogate becomes
  /// U+FFFD.
  private int utf8(String text, int i) {
    int code = text.codePointAt(i);
    if (Character.getType(code) == Character.SURROGATE) {
      code = 0xfffd;
    }
    byte[] b = buffer;
    if (code < 0x800) {
      b[length++] = (byte) (0xc0 | code >> 6);
    } else {
      if (code < 0x10000) {
        b[length++] = (byte) (0xe0 | code >> 12);
      } else {
        b[length++] = (byte) (0xf0 | code >> 18);
        b[length++] = (byte) (0x80 | code >> 12 & 0x3f);
      }
      b[length++] = (byte) (0x80 | code >> 6 & 0x3f);
    }
    b[length++] = (byte) (0x80 | code & 0x3f);
    return code >= 0x10000 ? 1 : 0;
  }

  private void reserve(int more) {
    if (length + more <= buffer.length) {
      return;
    }
    if (length >= FLUSH_BYTES) {
      flush();
    }
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
