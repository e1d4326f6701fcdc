package io.narthex.model.labels;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// XXH64 with seed 0. Source: the xxHash specification.
final class XxHash64 {

  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  /// P1 + P2, which overflows on purpose.
  private static final long SEED = 0x60EA27EEADC0B5D6L;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private XxHash64() {}

  /// The hash of the first `length` bytes of `bytes`.
  static long of(byte[] bytes, int length) {
    int at = 0;
    long h = P5;
    if (length >= 32) {
      long v1 = SEED;
      long v2 = P2;
      long v3 = 0;
      long v4 = -P1;
      for (; at + 32 <= length; at += 32) {
        v1 = round(v1, word(bytes, at));
        v2 = round(v2, word(bytes, at + 8));
        v3 = round(v3, word(bytes, at + 16));
        v4 = round(v4, word(bytes, at + 24));
      }
      h =
          Long.rotateLeft(v1, 1)
              + Long.rotateLeft(v2, 7)
              + Long.rotateLeft(v3, 12)
              + Long.rotateLeft(v4, 18);
      h = merge(merge(merge(merge(h, v1), v2), v3), v4);
    }
    return finish(h + length, bytes, at, length);
  }

  private static long finish(long start, byte[] bytes, int from, int length) {
    long h = start;
    int at = from;
    for (; at + 8 <= length; at += 8) {
      h = Long.rotateLeft(h ^ round(0, word(bytes, at)), 27) * P1 + P4;
    }
    if (at + 4 <= length) {
      long half = (int) INT.get(bytes, at) & 0xffff_ffffL;
      h = Long.rotateLeft(h ^ half * P1, 23) * P2 + P3;
      at += 4;
    }
    for (; at < length; at++) {
      h = Long.rotateLeft(h ^ (bytes[at] & 0xffL) * P5, 11) * P1;
    }
    h = (h ^ h >>> 33) * P2;
    h = (h ^ h >>> 29) * P3;
    return h ^ h >>> 32;
  }

  private static long round(long acc, long input) {
    return Long.rotateLeft(acc + input * P2, 31) * P1;
  }

  private static long merge(long h, long v) {
    return (h ^ round(0, v)) * P1 + P4;
  }

  private static long word(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }
}
