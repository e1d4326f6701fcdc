package io.narthex.promql.promqltest;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.promql.parse.SeriesDescription;
import io.narthex.promql.parse.SeriesDescription.SequenceValue;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.ReplayStatus;
import io.narthex.tsdb.Tsdb;
import io.narthex.tsdb.TsdbOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The storage of a script: the real one in a folder of its own, with blocks of a day and no end of
/// retention. A load is one batch, as in the reference's runner, so that whatever the storage does
/// to samples (reset hints, layouts, refusals) is part of what the script tests.
final class ScriptStorage implements Queryable, AutoCloseable {

  private static final long DAY_MS = 86_400_000;

  private final Path work;
  private boolean withStarts;
  private int cleared;
  private Tsdb tsdb;

  /// @param work an empty folder
  ScriptStorage(Path work) {
    this.work = work;
    tsdb = open();
  }

  void clear() {
    tsdb.close();
    withStarts = false;
    cleared++;
    tsdb = open();
  }

  private Tsdb open() {
    TsdbOptions plain = TsdbOptions.defaults();
    TsdbOptions options =
        new TsdbOptions(DAY_MS, DAY_MS, plain.limits(), head(plain.head()), plain.blocks(), false)
            .withRetention(0, 0);
    return Tsdb.open(
        work.resolve("storage" + cleared),
        options,
        Disk.system(),
        Clock.system(),
        new Metrics(),
        (delayMs, task) -> () -> {},
        Runnable::run,
        new ReplayStatus());
  }

  private TsdbOptions.HeadPart head(TsdbOptions.HeadPart plain) {
    return withStarts
        ? new TsdbOptions.HeadPart(
            plain.samplesPerChunk(), 0, 0, false, true, true, false, plain.wal().withStarts())
        : plain;
  }

  /// A storage that keeps start timestamps from here on.
  private void keepStarts() {
    if (!withStarts) {
      withStarts = true;
      tsdb.close();
      tsdb = open();
    }
  }

  /// Adds loaded lines, one value each `stepMs` from time 0. A line `metric@st` gives the start
  /// timestamps of the line behind it. Of two lines of one series the later one counts.
  ///
  /// @param withNhcb whether native histograms are made of the classic ones, too
  /// @throws IllegalStateException if the storage refuses a sample
  void load(List<String> lines, long stepMs, boolean withNhcb) {
    Map<Labels, SampleBuffer> loaded = new LinkedHashMap<>();
    List<Long> offsets = List.of();
    for (String line : lines) {
      if (StartLine.is(line)) {
        keepStarts();
        offsets = StartLine.offsets(line);
      } else {
        SeriesDescription described = SeriesDescription.parse(line);
        loaded.put(described.labels(), samples(described.values(), stepMs, offsets));
        offsets = List.of();
      }
    }
    if (withNhcb) {
      loaded.putAll(NhcbConverter.convert(loaded));
    }
    commit(loaded);
  }

  private static SampleBuffer samples(List<SequenceValue> values, long stepMs, List<Long> offsets) {
    SampleBuffer samples = new SampleBuffer();
    for (int i = 0; i < values.size(); i++) {
      SequenceValue value = values.get(i);
      long tMs = i * stepMs;
      if (value.omitted()) {
        continue;
      }
      if (value.histogram() != null) {
        samples.add(tMs, value.histogram());
      } else {
        samples.add(tMs, value.value());
      }
      if (i < offsets.size() && offsets.get(i) != StartLine.NONE) {
        samples.setStartMs(tMs + offsets.get(i));
      }
    }
    return samples;
  }

  private void commit(Map<Labels, SampleBuffer> loaded) {
    Appender appender = tsdb.appender();
    loaded.forEach((labels, samples) -> {
      for (int i = 0; i < samples.size; i++) {
        int sample =
            samples.histogram(i) != null
                ? appender.append(0, labels, samples.timesMs[i], samples.histogram(i))
                : appender.append(0, labels, samples.timesMs[i], samples.values[i]);
        appender.start(sample, samples.startMs(i));
      }
    });
    Appender.Commit commit = appender.commit();
    for (int i = 0; i < commit.size(); i++) {
      if (commit.outcome(i) != Appender.Outcome.STORED) {
        throw new IllegalStateException("load: sample " + i + " is " + commit.outcome(i));
      }
    }
  }

  @Override
  public Querier querier(long minMs, long maxMs) {
    return tsdb.querier(minMs, maxMs);
  }

  @Override
  public void close() {
    tsdb.close();
  }
}
