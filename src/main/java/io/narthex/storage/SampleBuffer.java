package io.narthex.storage;

import io.narthex.model.sample.FloatHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Samples of one series in time order, as growing columns. Reused from series to series; not
/// thread-safe. The arrays are open to readers on purpose: the inner loops of queries walk them
/// directly, `[0, size)`.
public final class SampleBuffer {

  /// Milliseconds since the epoch, ascending.
  public long[] timesMs;

  /// Values, with stale markers as they were stored. Meaningless where `histograms` has an entry.
  public double[] values;

  /// Histograms beside the values; null as long as no histogram was added. An entry is null for a
  /// float sample.
  public @Nullable FloatHistogram @Nullable [] histograms;

  /// Start timestamps beside the times, 0 where unknown; null as long as none was set.
  public long @Nullable [] startsMs;

  /// How many samples there are.
  public int size;

  private byte[] scratch = {};

  public SampleBuffer() {
    this(128);
  }

  public SampleBuffer(int capacity) {
    timesMs = new long[capacity];
    values = new double[capacity];
  }

  /// Forgets all samples, keeps the arrays.
  public void clear() {
    size = 0;
    histograms = null;
    startsMs = null;
  }

  /// The same samples, in arrays that have no room for more.
  public SampleBuffer copy() {
    SampleBuffer copy = new SampleBuffer(0);
    copy.timesMs = Arrays.copyOf(timesMs, size);
    copy.values = Arrays.copyOf(values, size);
    copy.histograms = histograms == null ? null : Arrays.copyOf(histograms, size);
    copy.startsMs = startsMs == null ? null : Arrays.copyOf(startsMs, size);
    copy.size = size;
    return copy;
  }

  /// Forgets the samples from `newSize` on.
  public void truncate(int newSize) {
    if (histograms != null && newSize < size) {
      // A float that comes next would be taken for the histogram that was here.
      Arrays.fill(histograms, newSize, size, null);
    }
    if (startsMs != null && newSize < size) {
      Arrays.fill(startsMs, newSize, size, 0);
    }
    size = newSize;
  }

  /// Puts sample `from` in the place of sample `to`, before it.
  public void move(int from, int to) {
    timesMs[to] = timesMs[from];
    values[to] = values[from];
    if (histograms != null) {
      histograms[to] = histograms[from];
    }
    if (startsMs != null) {
      startsMs[to] = startsMs[from];
    }
  }

  /// Makes room for `more` samples beyond `size`, so that a decoder can write the arrays directly.
  public void reserve(int more) {
    int needed = size + more;
    if (needed > timesMs.length) {
      int capacity = Math.max(needed, timesMs.length * 2);
      timesMs = Arrays.copyOf(timesMs, capacity);
      values = Arrays.copyOf(values, capacity);
      if (histograms != null) {
        histograms = Arrays.copyOf(histograms, capacity);
      }
      if (startsMs != null) {
        startsMs = Arrays.copyOf(startsMs, capacity);
      }
    }
  }

  /// Bytes for whoever fills the buffer, to put what it decodes into; at least so many, with
  /// anything in them. The same array until a longer one is asked for.
  public byte[] scratch(int lengthBytes) {
    if (scratch.length < lengthBytes) {
      scratch = new byte[Math.max(lengthBytes, 1024)];
    }
    return scratch;
  }

  /// Adds a float sample.
  public void add(long tMs, double value) {
    if (size == timesMs.length) {
      reserve(1);
    }
    timesMs[size] = tMs;
    values[size] = value;
    size++;
  }

  /// Adds a histogram sample.
  public void add(long tMs, FloatHistogram histogram) {
    add(tMs, histogram.sum);
    if (histograms == null) {
      histograms = new FloatHistogram[timesMs.length];
    }
    histograms[size - 1] = histogram;
  }

  /// Adds the sample `i` of another buffer.
  public void addFrom(SampleBuffer from, int i) {
    FloatHistogram histogram = from.histogram(i);
    if (histogram == null) {
      add(from.timesMs[i], from.values[i]);
    } else {
      add(from.timesMs[i], histogram);
    }
    setStartMs(from.startMs(i));
  }

  /// The histogram at `i`, or null if that sample is a float.
  public @Nullable FloatHistogram histogram(int i) {
    return histograms == null ? null : histograms[i];
  }

  /// Sets the start timestamp of the last sample; 0 is unknown.
  public void setStartMs(long startMs) {
    setStartMs(size - 1, startMs);
  }

  /// Sets the start timestamp of sample `i`; 0 is unknown.
  public void setStartMs(int i, long startMs) {
    if (startsMs == null) {
      if (startMs == 0) {
        return;
      }
      startsMs = new long[timesMs.length];
    }
    startsMs[i] = startMs;
  }

  /// Whether one of the samples `[from, to)` has a start timestamp.
  public boolean hasStart(int from, int to) {
    for (int i = from; startsMs != null && i < to; i++) {
      if (startsMs[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /// The start timestamp of sample `i`, 0 if it is unknown.
  public long startMs(int i) {
    return startsMs == null ? 0 : startsMs[i];
  }
}
