package io.narthex.cli.tsdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Numbers of series by their text in an exposition. The texts lie in one array, found by hash.
final class SeriesTexts {

  static final int UNKNOWN = -1;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] texts = new byte[1 << 16];
  private int textsEnd;
  private int[] slots = new int[1024];
  private long[] hashes = new long[256];
  private int[] starts = new int[256];
  private int[] ids = new int[256];
  private int size;

  /// A hash of `bytes[from, to)` and of what else tells texts apart, which is its lowest bits.
  ///
  /// @param kind 0..3
  static long hash(byte[] bytes, int from, int to, int kind) {
    long hash = to - from;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = mix(hash ^ (long) LONG.get(bytes, at));
    }
    for (; at < to; at++) {
      hash = hash * 31 + bytes[at];
    }
    return mix(hash) & ~3L | kind;
  }

  private static long mix(long hash) {
    long product = hash * 0x9E3779B97F4A7C15L;
    return product ^ product >>> 32;
  }

  /// The number of a text, or {@link #UNKNOWN}.
  int find(byte[] bytes, int from, int to, long hash) {
    for (int at = slot(hash); slots[at] != 0; at = at + 1 & slots.length - 1) {
      int entry = slots[at] - 1;
      if (hashes[entry] == hash
          && Arrays.equals(texts, starts[entry], end(entry), bytes, from, to)) {
        return ids[entry];
      }
    }
    return UNKNOWN;
  }

  private int slot(long hash) {
    return (int) (hash >>> 3) & slots.length - 1;
  }

  private int end(int entry) {
    return entry + 1 < size ? starts[entry + 1] : textsEnd;
  }

  /// Adds a text that is not there.
  void add(byte[] bytes, int from, int to, long hash, int id) {
    if (size == ids.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ids = Arrays.copyOf(ids, size * 2);
    }
    int length = to - from;
    if (texts.length - textsEnd < length) {
      texts = Arrays.copyOf(texts, Math.max(texts.length * 2, textsEnd + length));
    }
    System.arraycopy(bytes, from, texts, textsEnd, length);
    starts[size] = textsEnd;
    textsEnd += length;
    hashes[size] = hash;
    ids[size] = id;
    size++;
    if (size * 2 > slots.length) {
      slots = new int[slots.length * 2];
      for (int entry = 0; entry < size; entry++) {
        place(entry);
      }
    } else {
      place(size - 1);
    }
  }

  private void place(int entry) {
    int at = slot(hashes[entry]);
    while (slots[at] != 0) {
      at = at + 1 & slots.length - 1;
    }
    slots[at] = entry + 1;
  }
}
