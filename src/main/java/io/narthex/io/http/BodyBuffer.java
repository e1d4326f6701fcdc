package io.narthex.io.http;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;

/// Collects the chunks of one answer in a pooled array. Not thread-safe.
final class BodyBuffer {

  static final String TOO_LARGE = "body size limit exceeded";

  /// No body may be larger: an array holds no more, and a few targets must not take the whole heap.
  /// A body that grows is there twice for a moment.
  static final int MAX_BYTES = (int) Math.min(1 << 30, Runtime.getRuntime().maxMemory() / 8);

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

  /// Adds a chunk; false if the body then has `limitBytes` or more (0 for none).
  boolean add(Buffer chunk, long limitBytes) {
    int count = chunk.length();
    if (!makeRoom(count, limitBytes)) {
      return false;
    }
    chunk.getBytes(bytes, length);
    length += count;
    return true;
  }

  /// Adds the next `count` bytes of `in`, as the other `add` does.
  boolean add(ByteBuf in, int count, long limitBytes) {
    if (!makeRoom(count, limitBytes)) {
      return false;
    }
    in.readBytes(bytes, length, count);
    length += count;
    return true;
  }

  private boolean makeRoom(int more, long limitBytes) {
    long total = (long) length + more;
    if (total >= MAX_BYTES || limitBytes > 0 && total >= limitBytes) {
      return false;
    }
    // One byte stays spare for the reader.
    if (total + 1 > bytes.length) {
      bytes = grown(bodies, bytes, length, (int) total + 1);
    }
    return true;
  }

  /// A larger array with the same content; the old one goes back to the pool.
  static byte[] grown(BodyPool bodies, byte[] bytes, int length, int atLeast) {
    int half = (int) Math.min(MAX_BYTES + 1L, bytes.length + (bytes.length >> 1));
    byte[] larger = bodies.take(Math.max(atLeast, half));
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
