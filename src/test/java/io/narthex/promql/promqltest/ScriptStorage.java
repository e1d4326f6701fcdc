package io.narthex.promql.promqltest;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.parse.SeriesDescription;
import io.narthex.promql.parse.SeriesDescription.SequenceValue;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.Series;
import io.narthex.storage.SeriesSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The storage of a script: series in memory.
final class ScriptStorage implements Queryable {

  private final Map<Labels, SampleBuffer> series = new TreeMap<>();

  void clear() {
    series.clear();
  }

  /// Adds loaded lines, one value each `stepMs` from time 0. A line `metric@st` gives the start
  /// timestamps of the line behind it.
  void load(List<String> lines, long stepMs) {
    List<Long> starts = List.of();
    for (String line : lines) {
      if (StartLine.is(line)) {
        starts = StartLine.offsets(line);
      } else {
        load(line, stepMs, starts);
        starts = List.of();
      }
    }
  }

  private void load(String line, long stepMs, List<Long> starts) {
    SeriesDescription described = SeriesDescription.parse(line);
    SampleBuffer buffer = series.computeIfAbsent(described.labels(), k -> new SampleBuffer());
    long tMs = 0;
    for (int i = 0; i < described.values().size(); i++) {
      SequenceValue value = described.values().get(i);
      if (!value.omitted()) {
        FloatHistogram before = buffer.size == 0 ? null : buffer.histogram(buffer.size - 1);
        if (value.histogram() != null) {
          buffer.add(tMs, StoredHints.hinted(before, value.histogram()));
        } else {
          buffer.add(tMs, value.value());
        }
        if (i < starts.size() && starts.get(i) != StartLine.NONE) {
          buffer.setStartMs(tMs + starts.get(i));
        }
      }
      tMs += stepMs;
    }
  }

  /// Adds, for each classic histogram among the lines, the native one with the same bounds.
  void loadNhcb(List<String> lines, long stepMs) {
    NhcbConverter.convert(lines, stepMs).forEach((labels, samples) -> series.put(labels, samples));
  }

  @Override
  public Querier querier(long minMs, long maxMs) {
    return new Querier() {
      @Override
      public SeriesSet select(boolean sorted, SelectHints hints, List<Matcher> matchers) {
        List<Series> found = new ArrayList<>();
        series.forEach((labels, samples) -> {
          if (matchers.stream().allMatch(m -> m.matches(labels))) {
            found.add(new Stored(labels, samples));
          }
        });
        return SeriesSet.of(found);
      }

      @Override
      public List<String> labelNames(int limit, List<Matcher> matchers) {
        TreeSet<String> names = new TreeSet<>();
        series.keySet().forEach(l -> names.addAll(l.names()));
        return List.copyOf(names);
      }

      @Override
      public List<String> labelValues(String name, int limit, List<Matcher> matchers) {
        TreeSet<String> values = new TreeSet<>();
        series.keySet().stream().filter(l -> l.has(name)).forEach(l -> values.add(l.get(name)));
        return List.copyOf(values);
      }

      @Override
      public void close() {}
    };
  }

  private record Stored(Labels labels, SampleBuffer samples) implements Series {
    @Override
    public void read(long minMs, long maxMs, SampleBuffer out) {
      for (int i = 0; i < samples.size; i++) {
        long tMs = samples.timesMs[i];
        if (tMs >= minMs && tMs <= maxMs) {
          if (samples.histogram(i) != null) {
            out.add(tMs, samples.histogram(i));
          } else {
            out.add(tMs, samples.values[i]);
          }
          out.setStartMs(samples.startMs(i));
        }
      }
    }
  }
}
