package io.narthex.tsdb.chunk;

import io.narthex.io.bytes.Varint;
import io.narthex.model.sample.StaleMarker;

/// Writes an XOR2 chunk sample by sample. All samples of a chunk are added with their start
/// timestamps, or all without.
///
/// Layout: `count <u16> | starts <1> | t0 <varint> | v0 <8> | dt1 <uvarint> | value 1 | joint 2 |
/// joint 3 ...`. A joint control says at once how time and value go on: `0` both steady, `10` time
/// steady and value new, `110`, `1110`, `11110` a delta of deltas of 13, 20, 64 bits (two's
/// complement) and a value, `11111` time steady and a stale marker. Behind `10` a `0` says that the
/// differing bits are within the window in force, a `1` begins a new one. Elsewhere a value is `0`
/// the same, `10` within the window, `110` a new window, `111` a stale marker. Stale markers are
/// not what the next value is compared with. Starts: see {@link StartTimes}. Source: prometheus
/// `tsdb/docs/format/chunks.md`, `tsdb/chunkenc/xor2.go`.
///
/// Not thread-safe.
public final class Xor2Appender extends BitWriter {

  private static final int HEADER_BYTES = 3;
  private static final int NO_WINDOW = 0xff;

  private long lastMs;
  private long deltaMs;
  private long lastBits;
  private int count;
  private int leading = NO_WINDOW;
  private int trailing;
  private final StartColumn starts = new StartColumn();

  /// An empty chunk.
  public Xor2Appender() {
    write(0, HEADER_BYTES * 8);
  }

  /// Samples so far.
  public int count() {
    return count;
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
    starts.reset();
  }

  /// Adds a sample with its start timestamp, 0 if that is unknown. The caller keeps times ascending
  /// and the count below 2^16.
  public void append(long tMs, double value, long startMs) {
    long previousMs = lastMs;
    append(tMs, value);
    starts.write(this, count - 1, tMs, previousMs, startMs);
  }

  /// Adds a sample without a start timestamp. The caller keeps times ascending and the count below
  /// 2^16.
  public void append(long tMs, double value) {
    boolean stale = StaleMarker.isStale(value);
    long valueBits = Double.doubleToRawLongBits(value);
    if (count == 0) {
      uvarint(Varint.zigzag(tMs));
      write(valueBits, 64);
    } else if (count == 1) {
      deltaMs = tMs - lastMs;
      uvarint(deltaMs);
      value(valueBits, stale);
    } else {
      long newDeltaMs = tMs - lastMs;
      joint(newDeltaMs - deltaMs, valueBits, stale);
      deltaMs = newDeltaMs;
    }
    lastMs = tMs;
    lastBits = stale ? lastBits : valueBits;
    putU16(0, ++count);
  }

  private void joint(long dod, long valueBits, boolean stale) {
    if (dod == 0) {
      steady(valueBits, stale);
      return;
    }
    if (fits(dod, 13)) {
      write(0b110L << 13 | dod & 0x1fff, 16);
    } else if (fits(dod, 20)) {
      write(0b1110L << 20 | dod & 0xfffff, 24);
    } else {
      write(0b11110, 5);
      write(dod, 64);
    }
    value(valueBits, stale);
  }

  private void steady(long valueBits, boolean stale) {
    long xor = valueBits ^ lastBits;
    if (stale) {
      write(0b11111, 5);
    } else if (xor == 0) {
      write(0, 1);
    } else if (isWithinWindow(xor)) {
      write(0b100, 3);
      inWindow(xor);
    } else {
      write(0b101, 3);
      newWindow(xor);
    }
  }

  private void value(long valueBits, boolean stale) {
    long xor = valueBits ^ lastBits;
    if (stale) {
      write(0b111, 3);
    } else if (xor == 0) {
      write(0, 1);
    } else if (isWithinWindow(xor)) {
      write(0b10, 2);
      inWindow(xor);
    } else {
      write(0b110, 3);
      newWindow(xor);
    }
  }

  private static boolean fits(long value, int bits) {
    long half = 1L << (bits - 1);
    return -half <= value && value < half;
  }

  private boolean isWithinWindow(long xor) {
    return Math.min(31, Long.numberOfLeadingZeros(xor)) >= leading
        && Long.numberOfTrailingZeros(xor) >= trailing;
  }

  private void inWindow(long xor) {
    write(xor >>> trailing, 64 - leading - trailing);
  }

  private void newWindow(long xor) {
    leading = Math.min(31, Long.numberOfLeadingZeros(xor));
    trailing = Long.numberOfTrailingZeros(xor);
    int width = 64 - leading - trailing;
    write((long) leading << 6 | width & 0x3f, 11);
    write(xor >>> trailing, width);
  }
}
