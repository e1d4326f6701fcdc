package io.narthex.tsdb.chunk;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.StaleMarker;

/// Writes histograms of one layout, all but their times. Layout: see {@link HistogramDecoder}.
sealed interface HistogramColumns {

  /// Writes the first histogram of a chunk.
  void first(BitWriter out, FloatHistogram h, double[] positive, double[] negative);

  /// Writes another one; of a stale marker only the sum counts.
  void next(BitWriter out, FloatHistogram h, double[] positive, double[] negative);

  /// Whole numbers as deltas of deltas.
  final class Integers implements HistogramColumns {

    private long count;
    private long countDelta;
    private long zero;
    private long zeroDelta;
    private final XorState sum = new XorState();
    private final long[] positiveLast;
    private final long[] positiveDelta;
    private final long[] negativeLast;
    private final long[] negativeDelta;

    Integers(int positive, int negative) {
      positiveLast = new long[positive];
      positiveDelta = new long[positive];
      negativeLast = new long[negative];
      negativeDelta = new long[negative];
    }

    @Override
    public void first(BitWriter out, FloatHistogram h, double[] positive, double[] negative) {
      count = (long) h.count;
      zero = (long) h.zeroCount;
      out.varbitUint(count);
      out.varbitUint(zero);
      sum.set(h.sum);
      out.f64(h.sum);
      first(out, positive, positiveLast);
      first(out, negative, negativeLast);
    }

    private static void first(BitWriter out, double[] counts, long[] last) {
      long left = 0;
      for (int i = 0; i < counts.length; i++) {
        last[i] = (long) counts[i] - left;
        left = (long) counts[i];
        out.varbitInt(last[i]);
      }
    }

    @Override
    public void next(BitWriter out, FloatHistogram h, double[] positive, double[] negative) {
      long newCountDelta = (long) h.count - count;
      long newZeroDelta = (long) h.zeroCount - zero;
      boolean stale = StaleMarker.isStale(h.sum);
      out.varbitInt(stale ? 0 : newCountDelta - countDelta);
      out.varbitInt(stale ? 0 : newZeroDelta - zeroDelta);
      sum.write(out, h.sum);
      count += newCountDelta;
      countDelta = newCountDelta;
      zero += newZeroDelta;
      zeroDelta = newZeroDelta;
      if (!stale) {
        next(out, positive, positiveLast, positiveDelta);
        next(out, negative, negativeLast, negativeDelta);
      }
    }

    private static void next(BitWriter out, double[] counts, long[] last, long[] deltas) {
      long left = 0;
      for (int i = 0; i < counts.length; i++) {
        long bucket = (long) counts[i] - left;
        left = (long) counts[i];
        long delta = bucket - last[i];
        out.varbitInt(delta - deltas[i]);
        last[i] = bucket;
        deltas[i] = delta;
      }
    }
  }

  /// Floats, each column coded against its value before.
  final class Floats implements HistogramColumns {

    private final XorState count = new XorState();
    private final XorState zero = new XorState();
    private final XorState sum = new XorState();
    private final XorState[] positiveLast;
    private final XorState[] negativeLast;

    Floats(int positive, int negative) {
      positiveLast = columns(positive);
      negativeLast = columns(negative);
    }

    private static XorState[] columns(int size) {
      XorState[] columns = new XorState[size];
      for (int i = 0; i < size; i++) {
        columns[i] = new XorState();
      }
      return columns;
    }

    @Override
    public void first(BitWriter out, FloatHistogram h, double[] positive, double[] negative) {
      first(out, count, h.count);
      first(out, zero, h.zeroCount);
      first(out, sum, h.sum);
      for (int i = 0; i < positive.length; i++) {
        first(out, positiveLast[i], positive[i]);
      }
      for (int i = 0; i < negative.length; i++) {
        first(out, negativeLast[i], negative[i]);
      }
    }

    private static void first(BitWriter out, XorState column, double value) {
      column.set(value);
      out.f64(value);
    }

    @Override
    public void next(BitWriter out, FloatHistogram h, double[] positive, double[] negative) {
      count.write(out, h.count);
      zero.write(out, h.zeroCount);
      sum.write(out, h.sum);
      if (!StaleMarker.isStale(h.sum)) {
        for (int i = 0; i < positive.length; i++) {
          positiveLast[i].write(out, positive[i]);
        }
        for (int i = 0; i < negative.length; i++) {
          negativeLast[i].write(out, negative[i]);
        }
      }
    }
  }
}
