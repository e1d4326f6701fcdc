package io.narthex.tsdb.chunk;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.storage.SampleBuffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads XOR chunks straight into the columns of a {@link SampleBuffer}. Bits come from a 64-bit
/// word that is loaded anew at the current bit for each field, so a sample costs one or two loads
/// and no call. Layout: see {@link XorAppender}.
public final class XorDecoder {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// A word loaded at an arbitrary bit has at least this many good bits.
  private static final int GOOD_BITS = 57;

  private XorDecoder() {}

  /// Appends to `out` the samples of a chunk with `minMs <= t <= maxMs`.
  ///
  /// @return how many samples were appended
  /// @throws CorruptFileException if the bytes end before the samples do; `out` is then unchanged
  public static int decode(
      byte[] bytes, int offset, int lengthBytes, long minMs, long maxMs, SampleBuffer out) {
    return decode(bytes, offset, lengthBytes, Integer.MAX_VALUE, minMs, maxMs, out);
  }

  /// As above, but of the first `mostSamples` samples of the chunk only.
  public static int decode(
      byte[] bytes,
      int offset,
      int lengthBytes,
      int mostSamples,
      long minMs,
      long maxMs,
      SampleBuffer out) {
    int count = Math.min(mostSamples, samples(bytes, offset, lengthBytes));
    if (count <= 0) {
      return 0;
    }
    out.reserve(count);
    int before = out.size;
    long endBit = run(bytes, offset, count, minMs, maxMs, out);
    if (endBit > 8L * (offset + lengthBytes)) {
      out.size = before;
      throw new CorruptFileException(
          "XOR chunk", lengthBytes, "the chunk ends before its " + count + " samples do");
    }
    return out.size - before;
  }

  /// Number of samples that the header of a chunk of either kind says.
  public static int samples(byte[] bytes, int offset, int lengthBytes) {
    if (lengthBytes < 2) {
      throw new CorruptFileException(
          "XOR chunk", 0, "a chunk of " + lengthBytes + " bytes has no header");
    }
    return (bytes[offset] & 0xff) << 8 | bytes[offset + 1] & 0xff;
  }

  /// Decodes and returns the bit behind the last one used; it may lie behind the end, where all
  /// bits are taken for zeros.
  private static long run(
      byte[] bytes, int offset, int count, long minMs, long maxMs, SampleBuffer out) {
    long[] times = out.timesMs;
    double[] values = out.values;
    int n = out.size;
    int at = offset + 2;
    long time = 0;
    int shift = 0;
    int b;
    do {
      b = byteAt(bytes, at++);
      time |= (long) (b & 0x7f) << shift;
      shift += 7;
    } while (b >= 0x80 && shift < 70);
    time = time >>> 1 ^ -(time & 1);
    long value = word(bytes, at);
    at += 8;
    times[n] = time;
    values[n] = Double.longBitsToDouble(value);
    n += time >= minMs && time <= maxMs ? 1 : 0;
    if (count == 1 || time > maxMs) {
      out.size = n;
      return 8L * at;
    }
    long delta = 0;
    shift = 0;
    do {
      b = byteAt(bytes, at++);
      delta |= (long) (b & 0x7f) << shift;
      shift += 7;
    } while (b >= 0x80 && shift < 70);
    long bit = 8L * at;
    int trailing = 0;
    int width = 64;
    int i = 1;
    boolean secondSample = true;
    while (true) {
      long word = word(bytes, (int) (bit >>> 3)) << (bit & 7);
      if (secondSample) {
        secondSample = false;
      } else if (word >= 0) {
        bit++;
        word <<= 1;
      } else {
        int ones = Long.numberOfLeadingZeros(~word);
        long dod;
        switch (ones) {
          case 1 -> {
            dod = signed(word << 2 >>> 50, 14);
            bit += 16;
            word <<= 16;
          }
          case 2 -> {
            dod = signed(word << 3 >>> 47, 17);
            bit += 20;
            word <<= 20;
          }
          case 3 -> {
            dod = signed(word << 4 >>> 44, 20);
            bit += 24;
            word <<= 24;
          }
          default -> {
            dod = wide(bytes, bit + 4, 64);
            bit += 68;
            word = word(bytes, (int) (bit >>> 3)) << (bit & 7);
          }
        }
        delta += dod;
      }
      time += delta;
      if (word >= 0) {
        bit++;
      } else {
        if (word << 1 < 0) {
          int leading = (int) (word << 2 >>> 59);
          width = (int) (word << 7 >>> 58);
          width = width == 0 ? 64 : width;
          trailing = 64 - leading - width;
          bit += 13;
          word <<= 13;
        } else {
          bit += 2;
          word <<= 2;
        }
        // At most 24 + 13 bits of the word are used: 20 good ones are left.
        long xor = width <= GOOD_BITS - 37 ? word >>> (64 - width) : wide(bytes, bit, width);
        bit += width;
        value ^= xor << trailing;
      }
      times[n] = time;
      values[n] = Double.longBitsToDouble(value);
      n += time >= minMs && time <= maxMs ? 1 : 0;
      if (++i == count || time > maxMs) {
        out.size = n;
        return bit;
      }
    }
  }

  /// `count` bits from `bit` on, 1 <= count <= 64.
  private static long wide(byte[] bytes, long bit, int count) {
    int at = (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    long word = word(bytes, at) << shift;
    if (count > GOOD_BITS) {
      word |= byteAt(bytes, at + 8) >>> (8 - shift);
    }
    return word >>> (64 - count);
  }

  /// Numbers above half of the range are the negative ones; the half itself is positive.
  private static long signed(long raw, int bits) {
    long half = 1L << (bits - 1);
    return raw > half ? raw - (half << 1) : raw;
  }

  private static int byteAt(byte[] bytes, int at) {
    return at < bytes.length ? bytes[at] & 0xff : 0;
  }

  private static long word(byte[] bytes, int at) {
    return at <= bytes.length - 8 ? (long) LONG.get(bytes, at) : tail(bytes, at);
  }

  private static long tail(byte[] bytes, int at) {
    long word = 0;
    for (int i = at; i < at + 8; i++) {
      word = word << 8 | byteAt(bytes, i);
    }
    return word;
  }
}
