package io.narthex.tsdb.chunk;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.SampleBuffer;

/// Reads histogram chunks of either kind, integer or float, with or without start timestamps, into
/// float histograms with absolute buckets.
///
/// Layout: `count <u16> | flags <1> | zero threshold | schema | spans | custom bounds | samples`.
/// In integer chunks every number of a sample is a delta of deltas, buckets besides are deltas to
/// their left neighbour; in float chunks all but the time are XOR columns. With start timestamps
/// the flags move into the top bits of the count, and their byte says from which sample on they are
/// there. Source: prometheus `tsdb/docs/format/chunks.md`.
final class HistogramDecoder {

  private static final int HEADER_BYTES = 3;
  private static final int FLAGS_GAUGE = 0b11;

  private final BitReader in;
  private final int count;
  private final int flags;
  private final StartTimes starts;
  private final boolean floats;

  HistogramDecoder(int encoding, byte[] bytes, int offset, int lengthBytes) {
    in = new BitReader(ChunkEncoding.name(encoding) + " chunk", bytes, offset, lengthBytes);
    floats =
        encoding == ChunkEncoding.FLOAT_HISTOGRAM || encoding == ChunkEncoding.FLOAT_HISTOGRAM_ST;
    if (lengthBytes < HEADER_BYTES) {
      throw in.corrupt("a chunk of " + lengthBytes + " bytes has no header");
    }
    int first = (int) in.bits(16);
    int second = (int) in.bits(8);
    if (encoding == ChunkEncoding.HISTOGRAM_ST || encoding == ChunkEncoding.FLOAT_HISTOGRAM_ST) {
      count = first & 0x3fff;
      flags = first >>> 14;
      starts = new StartTimes(second);
    } else {
      count = first;
      flags = second >>> 6;
      starts = new StartTimes(0);
    }
  }

  /// Appends the samples with `minMs <= t <= maxMs`.
  void decode(long minMs, long maxMs, SampleBuffer out) {
    if (count == 0) {
      return;
    }
    HistogramLayout layout = HistogramLayout.read(in);
    Columns columns = floats ? new FloatColumns(layout) : new IntegerColumns(layout);
    long time = in.varbitInt();
    long delta = 0;
    for (int i = 0; i < count; i++) {
      long previous = time;
      if (i > 0) {
        delta += in.varbitInt();
        time += delta;
      }
      boolean wanted = time >= minMs && time <= maxMs;
      FloatHistogram histogram = columns.read(i, wanted);
      long startMs = starts.read(in, i, time, previous);
      if (wanted) {
        out.add(time, histogram);
        out.setStartMs(startMs);
      }
      if (time > maxMs) {
        return;
      }
    }
  }

  private ResetHint hint(int sample) {
    if (flags == FLAGS_GAUGE) {
      return ResetHint.GAUGE;
    }
    // What the flags say of a reset holds for the chunk written before, not for the one read
    // before.
    return sample > 0 ? ResetHint.NO_RESET : ResetHint.UNKNOWN;
  }

  /// The columns of a chunk behind the time.
  private interface Columns {

    /// Reads the next histogram; `wanted` is false if nobody will look at it.
    FloatHistogram read(int sample, boolean wanted);
  }

  private final class IntegerColumns implements Columns {

    private final HistogramLayout layout;
    private final long[] positive;
    private final long[] positiveDelta;
    private final long[] negative;
    private final long[] negativeDelta;
    private final XorState sum = new XorState();
    private long total;
    private long totalDelta;
    private long zero;
    private long zeroDelta;

    IntegerColumns(HistogramLayout layout) {
      this.layout = layout;
      positive = new long[layout.positiveBuckets(in)];
      positiveDelta = new long[positive.length];
      negative = new long[layout.negativeBuckets(in)];
      negativeDelta = new long[negative.length];
    }

    @Override
    public FloatHistogram read(int sample, boolean wanted) {
      if (sample == 0) {
        total = in.varbitUint();
        zero = in.varbitUint();
        sum.set(in.f64());
        first(positive);
        first(negative);
      } else {
        totalDelta += in.varbitInt();
        total += totalDelta;
        zeroDelta += in.varbitInt();
        zero += zeroDelta;
        sum.read(in);
        if (!StaleMarker.isStale(sum.value())) {
          next(positive, positiveDelta);
          next(negative, negativeDelta);
        }
      }
      if (!wanted || StaleMarker.isStale(sum.value())) {
        return FloatHistogram.stale();
      }
      return layout.histogram(
          hint(sample),
          unsigned(zero),
          unsigned(total),
          sum.value(),
          absolute(positive),
          absolute(negative));
    }

    private void first(long[] buckets) {
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] = in.varbitInt();
      }
    }

    private void next(long[] buckets, long[] deltas) {
      for (int i = 0; i < buckets.length; i++) {
        deltas[i] += in.varbitInt();
        buckets[i] += deltas[i];
      }
    }

    private static double unsigned(long value) {
      return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
    }

    private static double[] absolute(long[] buckets) {
      double[] counts = new double[buckets.length];
      long current = 0;
      for (int i = 0; i < buckets.length; i++) {
        current += buckets[i];
        counts[i] = current;
      }
      return counts;
    }
  }

  private final class FloatColumns implements Columns {

    private final HistogramLayout layout;
    private final XorState total = new XorState();
    private final XorState zero = new XorState();
    private final XorState sum = new XorState();
    private final XorState[] positive;
    private final XorState[] negative;

    FloatColumns(HistogramLayout layout) {
      this.layout = layout;
      positive = columns(layout.positiveBuckets(in));
      negative = columns(layout.negativeBuckets(in));
    }

    private static XorState[] columns(int count) {
      XorState[] columns = new XorState[count];
      for (int i = 0; i < count; i++) {
        columns[i] = new XorState();
      }
      return columns;
    }

    @Override
    public FloatHistogram read(int sample, boolean wanted) {
      boolean first = sample == 0;
      next(total, first);
      next(zero, first);
      next(sum, first);
      boolean stale = StaleMarker.isStale(sum.value());
      if (first || !stale) {
        next(positive, first);
        next(negative, first);
      }
      if (!wanted || stale) {
        return FloatHistogram.stale();
      }
      return layout.histogram(
          hint(sample),
          zero.value(),
          total.value(),
          sum.value(),
          values(positive),
          values(negative));
    }

    private void next(XorState[] columns, boolean first) {
      for (XorState column : columns) {
        next(column, first);
      }
    }

    private void next(XorState column, boolean first) {
      if (first) {
        column.set(in.f64());
      } else {
        column.read(in);
      }
    }

    private static double[] values(XorState[] columns) {
      double[] values = new double[columns.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = columns[i].value();
      }
      return values;
    }
  }
}
