package io.narthex.scrape;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A 64-bit hash of a piece of a body, by which its text is known again without keeping the text:
/// two texts of one length and one hash count as the same. Chance does not bring that about (for a
/// body of a thousand lines, once in 10^16 lines that change), and a target could only mix up its
/// own series by it.
///
/// Sixteen bytes a step: the 128-bit product of two words is folded into the next step, as in
/// wyhash (public domain, github.com/wangyi-fudan/wyhash).
final class TextHash {

  private static final long SEED = 0xa0761d6478bd642fL;
  private static final long SECRET = 0xe7037ed1a0b428dbL;
  private static final long LAST = 0x8ebc6af09c88c6e3L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private TextHash() {}

  /// The hash of `bytes[at, at + length)`.
  static long of(byte[] bytes, int at, int length) {
    long hash = SEED ^ length;
    int i = at;
    int end = at + length;
    for (; i + 16 <= end; i += 16) {
      hash = fold((long) LONG.get(bytes, i) ^ SECRET, (long) LONG.get(bytes, i + 8) ^ hash);
    }
    long first = 0;
    if (i + 8 <= end) {
      first = (long) LONG.get(bytes, i);
      i += 8;
    }
    long rest = 0;
    for (; i < end; i++) {
      rest = rest << 8 | bytes[i] & 0xff;
    }
    return fold(fold(first ^ SECRET, rest ^ hash) ^ LAST, length ^ SECRET);
  }

  private static long fold(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }
}
