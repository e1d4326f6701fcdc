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

  private static final int MAX_VARINT_BYTES = 10;

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
    return ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
  }

  /// Decodes and returns the bit behind the last one used; it may lie behind the end, where all
  /// bits are taken for zeros.
  private static long run(
      byte[] bytes, int offset, int count, long minMs, long maxMs, SampleBuffer out) {
    int bit = 8 * (offset + 2);
    int varintBytes = varintBytes(bytes, bit >>> 3);
    long time = unsigned(bytes, bit >>> 3, varintBytes);
    time = time >>> 1 ^ -(time & 1);
    bit += 8 * varintBytes;
    long value = word(bytes, bit >>> 3);
    bit += 64;
    int first = out.size;
    if (time <= maxMs) {
      out.timesMs[first] = time;
      out.values[first] = Double.longBitsToDouble(value);
      out.size = first + 1;
    }
    if (count > 1 && time <= maxMs) {
      varintBytes = varintBytes(bytes, bit >>> 3);
      long delta = unsigned(bytes, bit >>> 3, varintBytes);
      bit = rest(bytes, bit + 8 * varintBytes, time, delta, value, count - 1, maxMs, out);
    }
    dropBefore(minMs, first, out);
    return bit;
  }

  /// The second sample from its value on, and all that follow up to `maxMs`. The state lives in
  /// locals: this loop is where queries spend their time.
  private static int rest(
      byte[] bytes,
      int fromBit,
      long firstMs,
      long firstDelta,
      long firstValue,
      int count,
      long maxMs,
      SampleBuffer out) {
    long[] times = out.timesMs;
    double[] values = out.values;
    int n = out.size;
    int end = n + count;
    int bit = fromBit;
    long delta = firstDelta;
    long time = firstMs + firstDelta;
    long value = firstValue;
    int trailing = 0;
    int width = 64;
    long word = word(bytes, bit >>> 3) << (bit & 7);
    int good = GOOD_BITS;
    while (time <= maxMs) {
      if (word >= 0) {
        bit++;
      } else {
        int header = 2;
        if (word << 1 < 0) {
          width = ((int) (word << 7 >>> 58) - 1 & 63) + 1;
          trailing = 64 - (int) (word << 2 >>> 59) - width;
          header = 13;
        }
        long bits =
            header + width <= good ? word << header >>> -width : wide(bytes, bit + header, width);
        value ^= bits << trailing;
        bit += header + width;
      }
      times[n] = time;
      values[n] = Double.longBitsToDouble(value);
      if (++n == end) {
        break;
      }
      word = word(bytes, bit >>> 3) << (bit & 7);
      if (word >>> 56 == 0) {
        // Series that stand still are many: take the samples that change nothing by the dozen.
        int run = Math.min(Math.min(Long.numberOfLeadingZeros(word), GOOD_BITS) >> 1, end - n);
        run = time + run * delta <= maxMs ? run : 0;
        repeat(times, values, n, run, time, delta, values[n - 1]);
        n += run;
        time += run * delta;
        bit += 2 * run;
        if (n == end) {
          break;
        }
        word = word(bytes, bit >>> 3) << (bit & 7);
      }
      good = GOOD_BITS - 1;
      if (word >= 0) {
        bit++;
        word <<= 1;
      } else if (word << 1 >= 0) {
        delta += signed(word << 2 >>> 50, 14);
        bit += 16;
        word <<= 16;
        good = GOOD_BITS - 16;
      } else if (word << 2 >= 0) {
        delta += signed(word << 3 >>> 47, 17);
        bit += 20;
        word <<= 20;
        good = GOOD_BITS - 20;
      } else if (word << 3 >= 0) {
        delta += signed(word << 4 >>> 44, 20);
        bit += 24;
        word <<= 24;
        good = GOOD_BITS - 24;
      } else {
        delta += wide(bytes, bit + 4, 64);
        bit += 68;
        word = word(bytes, bit >>> 3) << (bit & 7);
        good = GOOD_BITS;
      }
      time += delta;
    }
    out.size = n;
    return bit;
  }

  private static void repeat(
      long[] times, double[] values, int from, int count, long time, long delta, double value) {
    for (int i = 0; i < count; i++) {
      times[from + i] = time + (i + 1) * delta;
      values[from + i] = value;
    }
  }

  /// Takes away the samples from `first` on that lie before `minMs`.
  private static void dropBefore(long minMs, int first, SampleBuffer out) {
    int kept = first;
    while (kept < out.size && out.timesMs[kept] < minMs) {
      kept++;
    }
    if (kept > first) {
      int left = out.size - kept;
      System.arraycopy(out.timesMs, kept, out.timesMs, first, left);
      System.arraycopy(out.values, kept, out.values, first, left);
      out.size = first + left;
    }
  }

  private static int varintBytes(byte[] bytes, int at) {
    int count = 1;
    while (count < MAX_VARINT_BYTES && byteAt(bytes, at + count - 1) >= 0x80) {
      count++;
    }
    return count;
  }

  private static long unsigned(byte[] bytes, int at, int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (long) (byteAt(bytes, at + i) & 0x7f) << 7 * i;
    }
    return value;
  }

  /// `count` bits from `bit` on, 1 <= count <= 64.
  private static long wide(byte[] bytes, int bit, int count) {
    int at = bit >>> 3;
    int shift = bit & 7;
    long word = word(bytes, at) << shift;
    if (count > GOOD_BITS) {
      word |= byteAt(bytes, at + 8) >>> (8 - shift);
    }
    return word >>> -count;
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
      word = (word << 8) | byteAt(bytes, i);
    }
    return word;
  }
}
