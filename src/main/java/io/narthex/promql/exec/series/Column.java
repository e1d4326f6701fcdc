package io.narthex.promql.exec.series;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.StaleMarker;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One series' values, one slot a step. A slot is absent, a float, or a histogram. The arrays are
/// open to the operators' inner loops.
public final class Column {

  /// What stands in `values` where there is no sample. Compare with {@link #absent(double)}.
  public static final double ABSENT = StaleMarker.STALE;

  /// Floats; {@link #ABSENT} for an empty slot, 0 beside a histogram.
  public double[] values;

  /// Histograms beside the floats, or null as long as there is none.
  public @Nullable FloatHistogram @Nullable [] histograms;

  /// Slots in use.
  public int size;

  public Column(int size) {
    values = new double[size];
    reset(size);
  }

  /// Empties all slots and sets their number.
  public Column reset(int slots) {
    if (values.length < slots) {
      values = new double[slots];
    }
    size = slots;
    Arrays.fill(values, 0, slots, ABSENT);
    histograms = null;
    return this;
  }

  public static boolean absent(double value) {
    return Double.doubleToRawLongBits(value) == StaleMarker.STALE_BITS;
  }

  public boolean present(int i) {
    return !absent(values[i]);
  }

  /// The histogram in slot `i`, or null if it is a float or empty.
  public @Nullable FloatHistogram histogram(int i) {
    return histograms == null ? null : histograms[i];
  }

  /// Puts a float into slot `i`.
  public void set(int i, double value) {
    values[i] = value;
    if (histograms != null) {
      histograms[i] = null;
    }
  }

  /// Puts a histogram into slot `i`.
  public void set(int i, FloatHistogram histogram) {
    if (histograms == null) {
      histograms = new FloatHistogram[values.length];
    }
    values[i] = 0;
    histograms[i] = histogram;
  }

  /// Empties slot `i`.
  public void clear(int i) {
    values[i] = ABSENT;
    if (histograms != null) {
      histograms[i] = null;
    }
  }

  /// Copies slot `from` of `other` into slot `i`.
  public void copy(int i, Column other, int from) {
    FloatHistogram h = other.histogram(from);
    if (h != null) {
      set(i, h);
    } else {
      set(i, other.values[from]);
    }
  }

  /// Makes this column equal to `other`.
  public void copyFrom(Column other) {
    if (values.length < other.size) {
      values = new double[other.size];
    }
    size = other.size;
    System.arraycopy(other.values, 0, values, 0, size);
    histograms = other.histograms == null ? null : Arrays.copyOf(other.histograms, values.length);
  }

  /// A column of its own with the same slots.
  public Column copy() {
    Column copy = new Column(0);
    copy.copyFrom(this);
    return copy;
  }

  /// How many slots are not empty.
  public int count() {
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (!absent(values[i])) {
        n++;
      }
    }
    return n;
  }
}
