package io.narthex.io.http;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;

/// Byte arrays that bodies are read into. An array that is handed out is at most an eighth larger
/// than asked for, so that whoever keeps a body keeps little else. Thread-safe.
public final class BodyPool {

  private static final int MIN_BYTES = 1024;
  private static final int STEPS = 8;
  private static final int CLASSES = 8 * 22;

  /// Arrays kept for each size.
  private static final int KEPT = 16;

  /// The share of the heap that unused arrays may take: after a storm of large bodies the memory
  /// comes back.
  private static final int KEPT_SHARE = 16;

  private final ArrayDeque<byte[]>[] free;
  private final long maxKeptBytes;
  private final AtomicLong keptBytes = new AtomicLong();

  /// A pool that keeps no more than a sixteenth of the heap.
  public BodyPool() {
    this(Runtime.getRuntime().maxMemory() / KEPT_SHARE);
  }

  @SuppressWarnings("unchecked")
  BodyPool(long maxKeptBytes) {
    this.maxKeptBytes = maxKeptBytes;
    free = new ArrayDeque[CLASSES];
    for (int i = 0; i < CLASSES; i++) {
      free[i] = new ArrayDeque<>(0);
    }
  }

  /// An array of at least `bytes`, with any content.
  public byte[] take(int bytes) {
    int c = classOf(bytes);
    if (c >= CLASSES) {
      return new byte[bytes];
    }
    ArrayDeque<byte[]> kept = free[c];
    synchronized (kept) {
      byte[] body = kept.pollLast();
      if (body != null) {
        keptBytes.addAndGet(-body.length);
        return body;
      }
    }
    return new byte[sizeOf(c)];
  }

  /// Gives an array back; the caller must not touch it again. Arrays of other origin are let go.
  public void give(byte[] body) {
    if (body.length < MIN_BYTES) {
      return;
    }
    int c = classOf(body.length);
    if (c < CLASSES && sizeOf(c) == body.length) {
      ArrayDeque<byte[]> kept = free[c];
      synchronized (kept) {
        if (keptBytes.addAndGet(body.length) <= maxKeptBytes && kept.size() < KEPT) {
          kept.addLast(body);
        } else {
          keptBytes.addAndGet(-body.length);
        }
      }
    }
  }

  /// The smallest class whose size is at least `bytes`.
  private static int classOf(int bytes) {
    int c = 0;
    int size = MIN_BYTES;
    while (size * 2L <= bytes && size < 1 << 29) {
      size *= 2;
      c += STEPS;
    }
    if (bytes > size) {
      int step = size / STEPS;
      c += (bytes - size + step - 1) / step;
    }
    return c;
  }

  private static int sizeOf(int c) {
    int size = MIN_BYTES << c / STEPS;
    return size + size / STEPS * (c % STEPS);
  }
}
