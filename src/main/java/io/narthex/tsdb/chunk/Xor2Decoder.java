package io.narthex.tsdb.chunk;

import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.SampleBuffer;

/// Reads XOR2 chunks. Layout: see {@link Xor2Appender}.
final class Xor2Decoder {

  private static final int HEADER_BYTES = 3;
  private static final int NO_WINDOW = 0xff;

  /// Bits of the delta of deltas behind `110`, `1110` and `11110`.
  private static final int[] WIDTHS = {13, 20, 64};

  private final BitReader in;
  private final int count;
  private final StartTimes starts;
  private long bits;
  private int leading = NO_WINDOW;
  private int trailing;

  private Xor2Decoder(byte[] bytes, int offset, int lengthBytes) {
    in = new BitReader("XOR2 chunk", bytes, offset, lengthBytes);
    if (lengthBytes < HEADER_BYTES) {
      throw in.corrupt("a chunk of " + lengthBytes + " bytes has no header");
    }
    count = (int) in.bits(16);
    starts = new StartTimes((int) in.bits(8));
  }

  /// Appends to `out` the samples with `minMs <= t <= maxMs`.
  static void decode(
      byte[] bytes, int offset, int lengthBytes, long minMs, long maxMs, SampleBuffer out) {
    new Xor2Decoder(bytes, offset, lengthBytes).decode(minMs, maxMs, out);
  }

  private void decode(long minMs, long maxMs, SampleBuffer out) {
    long tMs = 0;
    long deltaMs = 0;
    for (int i = 0; i < count; i++) {
      long previousMs = tMs;
      double value;
      if (i == 0) {
        tMs = in.varint();
        value = in.f64();
        bits = StaleMarker.isStale(value) ? 0 : Double.doubleToRawLongBits(value);
      } else if (i == 1) {
        deltaMs = in.uvarint();
        tMs += deltaMs;
        value = value();
      } else {
        int ones = ones();
        if (ones >= 2 && ones <= 4) {
          deltaMs += signed(WIDTHS[ones - 2]);
        }
        tMs += deltaMs;
        value =
            switch (ones) {
              case 0 -> last();
              case 1 -> changed(in.bit());
              case 5 -> StaleMarker.STALE;
              default -> value();
            };
      }
      long startMs = starts.read(in, i, tMs, previousMs);
      if (tMs > maxMs) {
        return;
      }
      if (tMs >= minMs) {
        out.add(tMs, value);
        out.setStartMs(startMs);
      }
    }
  }

  /// Ones before the zero that ends a control prefix; five have none.
  private int ones() {
    int ones = 0;
    while (ones < 5 && in.bit()) {
      ones++;
    }
    return ones;
  }

  private long signed(int width) {
    long raw = in.bits(width);
    return width == 64 || raw < 1L << (width - 1) ? raw : raw - (1L << width);
  }

  private double last() {
    return Double.longBitsToDouble(bits);
  }

  /// A value behind a time that is not steady.
  private double value() {
    if (!in.bit()) {
      return last();
    }
    if (!in.bit()) {
      return changed(false);
    }
    return in.bit() ? StaleMarker.STALE : changed(true);
  }

  private double changed(boolean newWindow) {
    if (newWindow) {
      leading = (int) in.bits(5);
      int width = (int) in.bits(6);
      trailing = 64 - leading - (width == 0 ? 64 : width);
      if (trailing < 0) {
        throw in.corrupt("a value of " + width + " bits behind " + leading + " zeros");
      }
    } else if (leading == NO_WINDOW) {
      throw in.corrupt("a value without the width of its bits");
    }
    bits ^= in.bits(64 - leading - trailing) << trailing;
    return last();
  }
}
