package io.narthex.io.http;

import io.vertx.core.buffer.Buffer;

/// Collects the chunks of one answer in a pooled array. Not thread-safe.
final class BodyBuffer {

  static final String TOO_LARGE = "body size limit exceeded";

  /// No body may be larger: an array holds no more, and one target must not take the whole heap.
  static final long MAX_BYTES = Math.min(1 << 30, Runtime.getRuntime().maxMemory() / 4);

  private static final String TOO_LARGE_FOR_US =
      "body is larger than "
          + (MAX_BYTES >> 20)
          + " MiB: set body_size_limit, or give Narthex a larger heap";

  private final BodyPool bodies;
  private byte[] bytes;
  private int length;

  BodyBuffer(BodyPool bodies, int expectedBytes) {
    this.bodies = bodies;
    bytes = bodies.take(room(expectedBytes));
  }

  /// Room for a body that is a little larger than the last one, and a spare byte.
  static int room(int expectedBytes) {
    return Math.max(4096, expectedBytes + (expectedBytes >> 6) + 64);
  }

  /// Why a body of `bytes` is refused, or the empty string.
  ///
  /// @param limitBytes a body of that size is refused; 0 for none
  static String refusal(long bytes, long limitBytes) {
    if (limitBytes > 0 && bytes >= limitBytes) {
      return TOO_LARGE;
    }
    return bytes >= MAX_BYTES ? TOO_LARGE_FOR_US : "";
  }

  /// Adds a chunk; returns the empty string, or why the body is refused.
  String add(Buffer chunk, long limitBytes) {
    long total = (long) length + chunk.length();
    String refusal = refusal(total, limitBytes);
    if (!refusal.isEmpty()) {
      return refusal;
    }
    // One byte stays spare for the reader.
    if (total + 1 > bytes.length) {
      bytes = grown(bodies, bytes, length, (int) total + 1);
    }
    chunk.getBytes(bytes, length);
    length = (int) total;
    return "";
  }

  /// A larger array with the same content; the old one goes back to the pool.
  static byte[] grown(BodyPool bodies, byte[] bytes, int length, int atLeast) {
    byte[] larger = bodies.take(Math.max(atLeast, bytes.length + (bytes.length >> 1)));
    System.arraycopy(bytes, 0, larger, 0, length);
    bodies.give(bytes);
    return larger;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void release() {
    bodies.give(bytes);
  }
}
