package io.narthex.promql.promqltest;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.Series;
import io.narthex.storage.SeriesSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Start timestamps of loaded samples, kept beside the storage: its appender takes none.
final class StartTimes {

  private final Map<Labels, Map<Long, Long>> startsMs = new HashMap<>();

  void clear() {
    startsMs.clear();
  }

  void put(Labels labels, SampleBuffer samples) {
    for (int i = 0; i < samples.size; i++) {
      if (samples.startMs(i) != 0) {
        startsMs
            .computeIfAbsent(labels, l -> new HashMap<>())
            .put(samples.timesMs[i], samples.startMs(i));
      }
    }
  }

  /// The querier itself, or one that adds start timestamps to what it reads.
  Querier beside(Querier querier) {
    return startsMs.isEmpty() ? querier : new WithStarts(querier);
  }

  private final class WithStarts implements Querier {
    private final Querier inner;

    WithStarts(Querier inner) {
      this.inner = inner;
    }

    @Override
    public SeriesSet select(boolean sorted, SelectHints hints, List<Matcher> matchers) {
      SeriesSet set = inner.select(sorted, hints, matchers);
      return new SeriesSet() {
        @Override
        public boolean next() {
          return set.next();
        }

        @Override
        public Series at() {
          Series series = set.at();
          Map<Long, Long> known = startsMs.get(series.labels());
          return known == null ? series : new Started(series, known);
        }

        @Override
        public List<String> warnings() {
          return set.warnings();
        }
      };
    }

    @Override
    public List<String> labelNames(int limit, List<Matcher> matchers) {
      return inner.labelNames(limit, matchers);
    }

    @Override
    public List<String> labelValues(String name, int limit, List<Matcher> matchers) {
      return inner.labelValues(name, limit, matchers);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private record Started(Series series, Map<Long, Long> known) implements Series {

    @Override
    public Labels labels() {
      return series.labels();
    }

    @Override
    public void read(long minMs, long maxMs, SampleBuffer out) {
      SampleBuffer read = new SampleBuffer();
      series.read(minMs, maxMs, read);
      for (int i = 0; i < read.size; i++) {
        if (read.histogram(i) != null) {
          out.add(read.timesMs[i], read.histogram(i));
        } else {
          out.add(read.timesMs[i], read.values[i]);
        }
        out.setStartMs(known.getOrDefault(read.timesMs[i], 0L));
      }
    }
  }
}
