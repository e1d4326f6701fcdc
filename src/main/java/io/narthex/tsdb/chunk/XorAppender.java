package io.narthex.tsdb.chunk;

import io.narthex.io.bytes.Varint;
import io.narthex.storage.SampleBuffer;

/// Writes an XOR chunk sample by sample: times as deltas of deltas, values as the bits that differ
/// from the value before. The head keeps one of these for each open series: an object of 56 bytes
/// and an array that starts at 28 bytes and grows by half.
///
/// Layout: `count <u16> | t0 <varint> | v0 <8> | dt1 <uvarint> | xor1 | dod2 | xor2 ...`. Time
/// prefixes 0, 10, 110, 1110, 1111 stand for 0, 14, 17, 20, 64 bits; n bits hold `-(2^(n-1)-1) ..
/// 2^(n-1)`. Value prefixes: 0 same, 10 differing bits within the window of leading and trailing
/// zeros in force, 11 a new window (5 bits leading, 6 bits width, 64 written as 0). Source:
/// prometheus `tsdb/docs/format/chunks.md`.
///
/// Not thread-safe: whoever reads an open chunk (`array`, `decode`) excludes `append` meanwhile.
public final class XorAppender extends BitWriter {

  /// Most samples that the count in the header can say.
  public static final int MAX_SAMPLES = 0xffff;

  private static final int HEADER_BYTES = 2;
  private static final int NO_WINDOW = 0xff;

  private long lastMs;
  private long deltaMs;
  private long lastBits;
  private char count;
  private short leading = NO_WINDOW;
  private byte trailing;

  /// An empty chunk.
  public XorAppender() {
    write(0, HEADER_BYTES * 8);
  }

  /// An appender that goes on behind the last sample of a chunk that was written before.
  ///
  /// @param data the chunk's data, copied
  public static XorAppender reopen(byte[] data) {
    XorAppender appender = new XorAppender();
    SampleBuffer samples = new SampleBuffer();
    XorDecoder.decode(data, 0, data.length, Long.MIN_VALUE, Long.MAX_VALUE, samples);
    // Writing again is the simplest way to the state behind the last bit: chunks are short.
    for (int i = 0; i < samples.size; i++) {
      appender.append(samples.timesMs[i], samples.values[i]);
    }
    return appender;
  }

  /// Samples so far.
  public int count() {
    return count;
  }

  /// Time of the last sample; 0 in an empty chunk.
  public long lastMs() {
    return lastMs;
  }

  /// Raw bits of the last value; 0 in an empty chunk.
  public long lastValueBits() {
    return lastBits;
  }

  /// Makes it an empty chunk again and keeps the array.
  public void reset() {
    clear();
    write(0, HEADER_BYTES * 8);
    lastMs = 0;
    deltaMs = 0;
    lastBits = 0;
    count = 0;
    leading = NO_WINDOW;
    trailing = 0;
  }

  /// Adds a sample. The caller keeps times ascending and the count at most {@link #MAX_SAMPLES}.
  public void append(long tMs, double value) {
    long valueBits = Double.doubleToRawLongBits(value);
    switch (count) {
      case 0 -> {
        uvarint(Varint.zigzag(tMs));
        write(valueBits, 64);
      }
      case 1 -> {
        deltaMs = tMs - lastMs;
        uvarint(deltaMs);
        xor(valueBits);
      }
      case MAX_SAMPLES ->
          throw new IllegalStateException("BUG: chunk has " + (int) count + " samples");
      default -> {
        long newDeltaMs = tMs - lastMs;
        deltaOfDelta(newDeltaMs - deltaMs);
        deltaMs = newDeltaMs;
        xor(valueBits);
      }
    }
    lastMs = tMs;
    lastBits = valueBits;
    putU16(0, ++count);
  }

  /// Appends to `out` the samples with `minMs <= t <= maxMs` among the first `samples` ones.
  public void decode(int samples, long minMs, long maxMs, SampleBuffer out) {
    XorDecoder.decode(array(), 0, lengthBytes(), Math.min(samples, count), minMs, maxMs, out);
  }

  private void deltaOfDelta(long dod) {
    if (dod == 0) {
      write(0, 1);
    } else if (fits(dod, 14)) {
      write((0b10L << 14) | (dod & 0x3fff), 16);
    } else if (fits(dod, 17)) {
      write((0b110L << 17) | (dod & 0x1ffff), 20);
    } else if (fits(dod, 20)) {
      write((0b1110L << 20) | (dod & 0xfffff), 24);
    } else {
      write(0b1111, 4);
      write(dod, 64);
    }
  }

  private static boolean fits(long value, int bits) {
    long top = 1L << (bits - 1);
    return -top < value && value <= top;
  }

  private void xor(long valueBits) {
    long xor = valueBits ^ lastBits;
    if (xor == 0) {
      write(0, 1);
      return;
    }
    int newLeading = Math.min(31, Long.numberOfLeadingZeros(xor));
    int newTrailing = Long.numberOfTrailingZeros(xor);
    if (newLeading >= leading && newTrailing >= trailing) {
      write(0b10, 2);
      write(xor >>> trailing, 64 - leading - trailing);
      return;
    }
    leading = (short) newLeading;
    trailing = (byte) newTrailing;
    int width = 64 - newLeading - newTrailing;
    write((0b11L << 11) | ((long) newLeading << 6) | (width & 0x3f), 13);
    write(xor >>> newTrailing, width);
  }
}
