package io.narthex.tsdb.wal;

import io.narthex.io.bytes.Varint;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Encodes records of float samples, plain or compressed with snappy, in one pass: this runs for
/// every sample that is stored.
///
/// A snappy stream says what to copy from where; how the copies are found is the writer's business.
/// A general compressor looks for them byte by byte. Here it is known where they can be: a value
/// that an earlier sample of the record had, or the last bytes of one. So a look or two into small
/// tables is enough for a sample, and the result is as short. Source of the format: google/snappy
/// `format_description.txt`.
///
/// Reusable; not thread-safe.
final class SampleRecord {

  /// Two varints, the value, and the tags of literals and copies.
  private static final int SAMPLE_MOST_BYTES = 36;

  /// Length of the plain record (3 bytes), type, first reference and time, a tag.
  private static final int HEAD_MOST_BYTES = 32;

  private static final int LENGTH_BYTES = 3;
  private static final int LITERAL_MOST_BYTES = 60;
  private static final int TABLE_BITS = 10;
  private static final int FAR_MOST = 65_535;
  private static final int NEAR_MOST = 2_047;
  private static final int VALUE_BYTES = 8;

  /// Equal bytes at the end of two values from which on a copy is shorter.
  private static final int TAIL_LEAST = 4;

  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] out = new byte[4096];

  /// Where the value with a hash was seen last: raw bits, and offset in the plain record counted
  /// over all records, so that the table needs no clearing. The offset is shifted by 8; the low
  /// byte is the last one of the sample's reference.
  private final long[] seenBits = new long[1 << TABLE_BITS];

  private final long[] seenAt = new long[1 << TABLE_BITS];

  /// The same by the value's last bytes alone.
  private final long[] tailBits = new long[1 << TABLE_BITS];

  private final long[] tailAt = new long[1 << TABLE_BITS];
  private long begin = 1;
  private int start;
  private int at;
  private int plainBytes;
  private int tag;

  /// Bytes of the record, valid in `[start(), end())`.
  byte[] array() {
    return out;
  }

  int start() {
    return start;
  }

  int end() {
    return at;
  }

  /// What the record is long when it is not compressed.
  int plainBytes() {
    return plainBytes;
  }

  private void room(int samples) {
    int most = HEAD_MOST_BYTES + samples * SAMPLE_MOST_BYTES;
    if (out.length < most) {
      out = new byte[Math.max(most, out.length * 2)];
    }
  }

  /// Encodes samples `[first, end)` without those whose reference is 0; that at `first` is none.
  void plain(long[] refs, long[] timesMs, double[] values, int first, int end) {
    room(end - first);
    byte[] to = out;
    start = 0;
    long baseRef = refs[first];
    long baseMs = timesMs[first];
    int n = head(to, 0, baseRef, baseMs);
    for (int i = first; i < end; i++) {
      if (refs[i] != 0) {
        n = Varint.putSigned(to, n, refs[i] - baseRef);
        n = Varint.putSigned(to, n, timesMs[i] - baseMs);
        LONG.set(to, n, Double.doubleToRawLongBits(values[i]));
        n += VALUE_BYTES;
      }
    }
    at = n;
    plainBytes = n;
  }

  private static int head(byte[] to, int offset, long baseRef, long baseMs) {
    to[offset] = WalFormat.SAMPLES;
    LONG.set(to, offset + 1, baseRef);
    LONG.set(to, offset + 9, baseMs);
    return offset + 17;
  }

  /// As `plain`, but compressed. At most 50,000 samples, so that the length fits.
  void snappy(long[] refs, long[] timesMs, double[] values, int first, int end) {
    room(end - first);
    byte[] to = out;
    long baseRef = refs[first];
    long baseMs = timesMs[first];
    tag = LENGTH_BYTES;
    at = head(to, tag + 1, baseRef, baseMs);
    long plainAt = begin + 17;
    boolean timeIsZero = true;
    for (int i = first; i < end; i++) {
      long ref = refs[i];
      if (ref == 0) {
        continue;
      }
      int before = at;
      plainAt -= before;
      int n = Varint.putSigned(to, before, ref - baseRef);
      int refByte = to[n - 1] & 0xff;
      n = Varint.putSigned(to, n, timesMs[i] - baseMs);
      timeIsZero &= timesMs[i] == baseMs;
      plainAt += n;
      at = n - tag - 1 > LITERAL_MOST_BYTES ? splitLiteral(before, n) : n;
      value(Double.doubleToRawLongBits(values[i]), plainAt, timeIsZero, refByte);
      plainAt += VALUE_BYTES;
    }
    closeLiteral();
    plainBytes = (int) (plainAt - begin);
    finish(plainBytes);
    begin = plainAt;
  }

  /// Begins a new literal before the bytes `[from, end)`, and returns where they end then.
  private int splitLiteral(int from, int end) {
    byte[] to = out;
    System.arraycopy(to, from, to, from + 1, end - from);
    to[tag] = (byte) (from - tag - 2 << 2);
    tag = from;
    return end + 1;
  }

  /// Writes a value that comes at `plainAt`. If `timeIsZero`, all samples so far have a zero byte
  /// for their time right before their value, and `refByte` before that, the last one of their
  /// reference: a copy of the whole value can take them along.
  private void value(long bits, long plainAt, boolean timeIsZero, int refByte) {
    int slot = (int) (bits * SPREAD >>> 64 - TABLE_BITS);
    long packed = seenAt[slot];
    long seen = packed >>> 8;
    if (seenBits[slot] == bits && seen >= begin && plainAt - seen <= FAR_MOST) {
      seenAt[slot] = plainAt << 8 | refByte;
      int more = !timeIsZero ? 0 : (byte) packed == (byte) refByte ? 2 : 1;
      at -= more;
      copy(VALUE_BYTES + more, (int) (plainAt - seen));
      return;
    }
    seenBits[slot] = bits;
    seenAt[slot] = plainAt << 8 | refByte;
    tail(bits, plainAt);
  }

  /// Whole numbers end in zeros, tenths in one of a few patterns: their last bytes were there.
  private void tail(long bits, long plainAt) {
    int slot = (int) ((bits << 64 - 8 * TAIL_LEAST) * SPREAD >>> 64 - TABLE_BITS);
    long seen = tailAt[slot];
    int same = Long.numberOfTrailingZeros(tailBits[slot] ^ bits) >>> 3;
    tailBits[slot] = bits;
    tailAt[slot] = plainAt;
    boolean copies = same >= TAIL_LEAST && seen >= begin && plainAt - seen <= FAR_MOST;
    int literal = copies ? VALUE_BYTES - same : VALUE_BYTES;
    if (at + literal - tag - 1 > LITERAL_MOST_BYTES) {
      closeLiteral();
      tag = at++;
    }
    LONG.set(out, at, bits);
    at += literal;
    if (copies) {
      copy(same, (int) (plainAt - seen));
    }
  }

  /// A copy of 4 to 11 bytes from that many bytes back.
  private void copy(int length, int distance) {
    closeLiteral();
    if (distance <= NEAR_MOST) {
      out[at] = (byte) (distance >>> 8 << 5 | length - 4 << 2 | 1);
      out[at + 1] = (byte) distance;
      at += 2;
    } else {
      out[at] = (byte) (length - 1 << 2 | 2);
      out[at + 1] = (byte) distance;
      out[at + 2] = (byte) (distance >>> 8);
      at += 3;
    }
    tag = at++;
  }

  /// Writes the length of the literal that begins at `tag`, or takes its tag away if it is empty.
  private void closeLiteral() {
    int length = at - tag - 1;
    if (length == 0) {
      at = tag;
    } else {
      out[tag] = (byte) (length - 1 << 2);
    }
  }

  /// Puts the plain length in front, as short as it is.
  private void finish(int plainBytes) {
    start = LENGTH_BYTES - Varint.sizeUnsigned(plainBytes);
    if (start < 0) {
      throw new IllegalStateException("BUG: a record of " + plainBytes + " bytes");
    }
    int size = Varint.putUnsigned(out, start, plainBytes);
    if (size != LENGTH_BYTES) {
      throw new IllegalStateException("BUG: length of a record ends at " + size);
    }
  }
}
