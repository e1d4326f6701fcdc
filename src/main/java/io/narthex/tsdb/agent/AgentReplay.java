package io.narthex.tsdb.agent;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;
import io.narthex.tsdb.wal.RecordDecoder;
import io.narthex.tsdb.wal.RecordSink;
import io.narthex.tsdb.wal.SampleColumns;
import io.narthex.tsdb.wal.WalFiles;
import io.narthex.tsdb.wal.WalReader;
import io.narthex.tsdb.wal.WalRepair;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Learns from the log which series there are and how far they have come. Runs once, before anybody
/// else sees the storage.
final class AgentReplay implements RecordSink {

  private static final Logger LOG = System.getLogger(AgentReplay.class.getName());

  private final AgentSeriesTable table;
  private final AgentMetrics metrics;
  private final Disk disk;
  private final Path directory;

  /// Numbers in the log of series that came before under another one.
  private final Map<Long, AgentSeries> aliases = new HashMap<>();

  private long unknown;

  AgentReplay(AgentSeriesTable table, AgentMetrics metrics, Disk disk, Path directory) {
    this.table = table;
    this.metrics = metrics;
    this.disk = disk;
    this.directory = directory;
  }

  /// Reads the newest checkpoint and the segments behind it; cuts the log off where it is corrupt.
  ///
  /// @return numbers in the log that are not those of their series, whose records must stay
  Map<Long, AgentSeries> run() {
    WalFiles.Numbered checkpoint = WalFiles.lastCheckpoint(disk, directory);
    if (checkpoint != null) {
      read(checkpoint.path(), WalFiles.segments(disk, checkpoint.path()));
    }
    List<WalFiles.Numbered> segments =
        WalFiles.segments(disk, directory).stream()
            .filter(s -> checkpoint == null || s.number() > checkpoint.number())
            .toList();
    read(directory, segments);
    if (unknown > 0) {
      LOG.log(Logger.Level.WARNING, "WAL: {0} samples of unknown series were left out", unknown);
    }
    return aliases;
  }

  private void read(Path folder, List<WalFiles.Numbered> segments) {
    try (WalReader reader = new WalReader(disk, segments)) {
      RecordDecoder decoder = new RecordDecoder(this);
      try {
        while (reader.next()) {
          decoder.decode(reader.record(), reader.length());
        }
      } catch (CorruptFileException e) {
        metrics.corruptions.inc();
        LOG.log(
            Logger.Level.WARNING, "the WAL is cut off where it is corrupt: {0}", e.getMessage());
        WalRepair.truncate(disk, folder, reader.segment(), reader.recordOffset());
      }
      for (CorruptFileException skipped : reader.skipped()) {
        metrics.corruptions.inc();
        LOG.log(
            Logger.Level.ERROR,
            "the WAL is corrupt, what cannot be read is lost, the rest is not: {0}",
            skipped.getMessage());
      }
    }
  }

  private @Nullable AgentSeries of(long ref) {
    AgentSeries series = table.get(ref);
    if (series == null) {
      series = aliases.get(ref);
    }
    if (series == null) {
      // A new series with this number would be given what is left of it.
      table.skip(ref);
      unknown++;
    }
    return series;
  }

  @Override
  public void series(long ref, Labels labels) {
    AgentSeries known = table.find(labels);
    if (known == null) {
      table.add(ref, labels);
    } else if (known.ref != ref) {
      aliases.put(ref, known);
      table.skip(ref);
    }
  }

  @Override
  public void samples(SampleColumns samples) {
    for (int i = 0; i < samples.size; i++) {
      seen(samples.refs[i], samples.timesMs[i]);
    }
  }

  private void seen(long ref, long tMs) {
    AgentSeries series = of(ref);
    if (series != null) {
      series.lastMs = Math.max(series.lastMs, tMs);
    }
  }

  @Override
  public void histogram(long ref, long tMs, FloatHistogram histogram, long startMs) {
    seen(ref, tMs);
  }

  @Override
  public void tombstone(long ref, long minMs, long maxMs) {
    // Nothing can be asked for, so nothing can be deleted.
  }

  @Override
  public void exemplar(long ref, long tMs, double value, Labels labels) {
    // Only what keeps the newest from being logged twice is of interest, and a scrape repeats it.
  }

  @Override
  public void metadata(long ref, Metadata metadata) {
    // Metadata is what the targets say now.
  }
}
