package io.narthex.tsdb.agent;

import io.narthex.io.disk.DiskException;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.Appender.Outcome;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordEncoder.ExemplarSample;
import io.narthex.tsdb.wal.RecordEncoder.HistogramSample;
import io.narthex.tsdb.wal.RecordEncoder.SeriesMetadata;
import io.narthex.tsdb.wal.SampleColumns;
import io.narthex.tsdb.wal.WalBatch;
import io.narthex.tsdb.wal.WalWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A commit, step by step: find or make the series, log, take note. Runs under the commit lock;
/// there is one of these, with the buffers that all commits share.
final class AgentCommitter {

  /// Most characters that the labels of an exemplar may have together.
  private static final int MOST_EXEMPLAR_CHARACTERS = 128;

  private final AgentSeriesTable table;
  private final WalWriter wal;
  private final AgentMetrics metrics;
  private final AgentOptions options;
  private final WalBatch records;
  private final SampleColumns floats = new SampleColumns();
  private final List<HistogramSample> histograms = new ArrayList<>();
  private final List<AgentSeries> touched = new ArrayList<>();
  private long number;

  /// Series up to here have their record in the log; those behind it were made by commits that
  /// could not be logged.
  private long loggedRef;

  AgentCommitter(
      AgentSeriesTable table, WalWriter wal, AgentMetrics metrics, AgentOptions options) {
    this.table = table;
    this.wal = wal;
    this.metrics = metrics;
    this.options = options;
    records = new WalBatch(options.wal());
    loggedRef = table.nextRef() - 1;
  }

  /// @throws StorageException if the batch could not be logged; nothing of it is stored then
  void commit(AgentBatch batch) {
    number++;
    touched.clear();
    floats.clear();
    histograms.clear();
    for (int i = 0; i < batch.size; i++) {
      stage(batch, i);
    }
    List<ExemplarSample> exemplars = exemplars(batch);
    log(batch, exemplars);
    touched.forEach(series -> series.lastMs = Math.max(series.lastMs, series.stagedMs));
    metrics.floats.add(floats.size);
    metrics.histograms.add(histograms.size());
    metrics.exemplars.add(exemplars.size());
    metrics.activeSeries.set(table.size());
  }

  private void stage(AgentBatch batch, int i) {
    AgentSeries series = table.get(batch.refs[i]);
    if (series == null) {
      series = findOrMake(batch, i);
    }
    if (series == null) {
      batch.reject(i, Outcome.UNKNOWN_REF);
      return;
    }
    long tMs = batch.timesMs[i];
    long lastMs = series.stagedIn == number ? series.stagedMs : series.lastMs;
    if (lastMs != Long.MIN_VALUE && tMs <= lastMs - options.outOfOrderWindowMs()) {
      batch.reject(i, Outcome.OUT_OF_ORDER);
      metrics.outOfOrder.inc();
      return;
    }
    if (series.stagedIn != number) {
      series.stagedIn = number;
      touched.add(series);
    }
    series.stagedMs = Math.max(lastMs, tMs);
    batch.refs[i] = series.ref;
    long zeroMs = batch.zeroMs(i);
    FloatHistogram histogram = batch.histograms[i];
    if (zeroMs > lastMs && zeroMs < tMs && zeroMs != 0) {
      stage(series, zeroMs, 0, histogram == null ? null : histogram.emptied(), 0);
    }
    stage(series, tMs, batch.values[i], histogram, batch.startMs(i));
  }

  private void stage(
      AgentSeries series,
      long tMs,
      double value,
      @Nullable FloatHistogram histogram,
      long startMs) {
    if (histogram == null) {
      floats.add(series.ref, tMs, value, startMs);
    } else {
      histograms.add(new HistogramSample(series.ref, tMs, histogram, startMs));
    }
  }

  private @Nullable AgentSeries findOrMake(AgentBatch batch, int i) {
    Labels labels = batch.labels[i];
    if (labels == null || labels.isEmpty()) {
      return null;
    }
    AgentSeries known = table.find(labels);
    return known == null ? table.add(labels) : known;
  }

  /// The exemplars that are not those that their series had last.
  private List<ExemplarSample> exemplars(AgentBatch batch) {
    List<ExemplarSample> taken = new ArrayList<>(0);
    for (AgentBatch.StagedExemplar staged : batch.exemplars) {
      AgentSeries series = table.get(batch.refs[staged.sample()]);
      Exemplar exemplar = staged.exemplar();
      if (series != null && !exemplar.equals(series.exemplar) && isShort(exemplar.labels())) {
        series.exemplar = exemplar;
        taken.add(
            new ExemplarSample(series.ref, exemplar.tMs(), exemplar.value(), exemplar.labels()));
      }
    }
    return taken;
  }

  private static boolean isShort(Labels labels) {
    int characters = 0;
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      String value = labels.value(i);
      characters += name.codePointCount(0, name.length()) + value.codePointCount(0, value.length());
    }
    return characters <= MOST_EXEMPLAR_CHARACTERS;
  }

  private void log(AgentBatch batch, List<ExemplarSample> exemplars) {
    records.clear();
    for (long ref = loggedRef + 1; ref < table.nextRef(); ref++) {
      AgentSeries series = table.get(ref);
      if (series != null) {
        RecordEncoder.series(records, ref, series.labels);
      }
    }
    if (records.record().length() > 0) {
      records.seal();
    }
    if (options.metadataInWal()) {
      RecordEncoder.metadata(records, metadata(batch));
    }
    RecordEncoder.samples(records, floats);
    RecordEncoder.histograms(records, histograms);
    RecordEncoder.exemplars(records, exemplars);
    if (records.size() > 0) {
      try {
        wal.log(records);
      } catch (DiskException e) {
        throw new StorageException("commit of " + batch.size + " samples: " + e.getMessage(), e);
      }
    }
    loggedRef = table.nextRef() - 1;
  }

  private List<SeriesMetadata> metadata(AgentBatch batch) {
    List<SeriesMetadata> all = new ArrayList<>();
    for (AgentBatch.StagedMetadata staged : batch.metadata) {
      long ref = batch.refs[staged.sample()];
      if (ref != 0) {
        all.add(new SeriesMetadata(ref, staged.metadata()));
      }
    }
    return all;
  }
}
