package io.narthex.promql;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.Series;
import io.narthex.storage.SeriesSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Series in plain arrays, in the order in which they were added.
public final class SeriesInMemory implements Queryable {

  private final List<Held> held = new ArrayList<>();

  /// The spans and hints of all selections so far.
  public final List<SelectHints> selections = new ArrayList<>();

  public SeriesInMemory add(Labels labels, SampleBuffer samples) {
    held.add(new Held(labels, samples));
    return this;
  }

  /// Adds a series with a sample each `stepMs` from time 0.
  public SeriesInMemory add(Labels labels, long stepMs, double... values) {
    SampleBuffer samples = new SampleBuffer();
    for (int i = 0; i < values.length; i++) {
      samples.add(i * stepMs, values[i]);
    }
    return add(labels, samples);
  }

  @Override
  public Querier querier(long minMs, long maxMs) {
    return new Querier() {
      @Override
      public SeriesSet select(boolean sorted, SelectHints hints, List<Matcher> matchers) {
        selections.add(hints);
        return SeriesSet.of(
            held.stream()
                .filter(h -> matchers.stream().allMatch(m -> m.matches(h.labels)))
                .toList());
      }

      @Override
      public List<String> labelNames(int limit, List<Matcher> matchers) {
        return List.of();
      }

      @Override
      public List<String> labelValues(String name, int limit, List<Matcher> matchers) {
        return List.of();
      }

      @Override
      public void close() {}
    };
  }

  private record Held(Labels labels, SampleBuffer samples) implements Series {

    @Override
    public void read(long minMs, long maxMs, SampleBuffer out) {
      int from = at(minMs);
      int to = at(maxMs + 1);
      if (samples.histograms == null) {
        out.reserve(to - from);
        System.arraycopy(samples.timesMs, from, out.timesMs, out.size, to - from);
        System.arraycopy(samples.values, from, out.values, out.size, to - from);
        out.size += to - from;
        return;
      }
      for (int i = from; i < to; i++) {
        FloatHistogram histogram = samples.histogram(i);
        if (histogram == null) {
          out.add(samples.timesMs[i], samples.values[i]);
        } else {
          out.add(samples.timesMs[i], histogram);
        }
      }
    }

    private int at(long tMs) {
      int i = Arrays.binarySearch(samples.timesMs, 0, samples.size, tMs);
      return i < 0 ? -i - 1 : i;
    }
  }
}
