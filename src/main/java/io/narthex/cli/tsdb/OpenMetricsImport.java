package io.narthex.cli.tsdb;

import io.narthex.cli.terminal.Progress;
import io.narthex.cli.terminal.ToolException;
import io.narthex.model.exposition.ExpositionParser;
import io.narthex.model.exposition.ExpositionParser.Entry;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.MetricType;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.offline.Backfill;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns a text into blocks. It is read once to learn how many samples each block will have, and
/// then once for as many blocks as fit into memory together, which mostly is all of them.
final class OpenMetricsImport {

  /// Of a sample in memory: time, value, and the room that growing arrays leave.
  private static final int SAMPLE_BYTES = 32;

  private static final int LOOK_SAMPLES = 1 << 16;

  private final MemorySegment file;
  private final Map<String, String> extraLabels;
  private final Backfill backfill;
  private final long blockMs;
  private final CreatedBlocks created;
  private final Progress progress;
  private final SeriesTexts texts = new SeriesTexts();
  private final LabelsBuilder labels = new LabelsBuilder();

  /// Samples by begin of their block.
  private final SortedMap<Long, Long> samples = new TreeMap<>();

  private long dropped;

  OpenMetricsImport(
      MemorySegment file,
      Map<String, String> extraLabels,
      Backfill backfill,
      long blockMs,
      CreatedBlocks created,
      Progress progress) {
    this.file = file;
    this.extraLabels = extraLabels;
    this.backfill = backfill;
    this.blockMs = blockMs;
    this.created = created;
    this.progress = progress;
  }

  /// How many samples were left out.
  long dropped() {
    return dropped;
  }

  /// Reads the text to its end.
  void measure() {
    OpenMetricsFile text = new OpenMetricsFile(file);
    ExpositionParser parser = text.parser();
    long from = 0;
    long count = 0;
    for (Entry entry = text.next(); entry != Entry.END; entry = text.next()) {
      if (entry != Entry.SERIES) {
        continue;
      }
      if (!parser.hasTimestamp()) {
        throw new ToolException(
            "getting min and max timestamp: expected timestamp for series got none");
      }
      long tMs = parser.timestampMs();
      if (count > 0 && tMs >= from && tMs < from + blockMs) {
        count++;
      } else {
        count(from, count);
        from = Math.floorDiv(tMs, blockMs) * blockMs;
        count = 1;
      }
      if ((count & LOOK_SAMPLES - 1) == 0) {
        progress.at("reading the input", text.readBytes(), file.byteSize());
      }
    }
    count(from, count);
  }

  private void count(long from, long count) {
    if (count > 0) {
      samples.merge(from, count, Long::sum);
    }
  }

  /// Writes the blocks, oldest first.
  void write() {
    long room = Math.max(1 << 20, Runtime.getRuntime().maxMemory() / 2 / SAMPLE_BYTES);
    SortedMap<Long, Backfill.Window> windows = new TreeMap<>();
    long taken = 0;
    for (Map.Entry<Long, Long> block : samples.entrySet()) {
      if (!windows.isEmpty() && taken + block.getValue() > room) {
        write(windows);
        windows.clear();
        taken = 0;
      }
      windows.put(block.getKey(), backfill.window());
      taken += block.getValue();
    }
    write(windows);
  }

  private void write(SortedMap<Long, Backfill.Window> windows) {
    fill(windows);
    int done = 0;
    for (Map.Entry<Long, Backfill.Window> entry : windows.entrySet()) {
      Backfill.Window window = entry.getValue();
      window.write().ifPresent(created::created);
      dropped += window.dropped();
      entry.setValue(backfill.window());
      progress.at("writing blocks", ++done, windows.size());
    }
  }

  private void fill(SortedMap<Long, Backfill.Window> windows) {
    OpenMetricsFile text = new OpenMetricsFile(file);
    ExpositionParser parser = text.parser();
    long from = Long.MIN_VALUE;
    Backfill.@Nullable Window window = null;
    long count = 0;
    for (Entry entry = text.next(); entry != Entry.END; entry = text.next()) {
      if (entry != Entry.SERIES) {
        continue;
      }
      long tMs = parser.timestampMs();
      if (from == Long.MIN_VALUE || tMs < from || tMs >= from + blockMs) {
        from = Math.floorDiv(tMs, blockMs) * blockMs;
        window = windows.get(from);
      }
      if (window != null) {
        window.add(series(text.bytes(), parser), tMs, parser.value());
      }
      if ((++count & LOOK_SAMPLES - 1) == 0) {
        progress.at("collecting samples", text.readBytes(), file.byteSize());
      }
    }
  }

  private int series(byte[] bytes, ExpositionParser parser) {
    int from = parser.entryStart();
    int to = parser.seriesEnd();
    // The type decides how bounds of buckets are written.
    MetricType type = parser.type();
    int kind = type == MetricType.HISTOGRAM ? 1 : type == MetricType.SUMMARY ? 2 : 0;
    long hash = SeriesTexts.hash(bytes, from, to, kind);
    int known = texts.find(bytes, from, to, hash);
    if (known != SeriesTexts.UNKNOWN) {
      return known;
    }
    labels.clear();
    parser.labels(labels);
    int id = backfill.series(withExtraLabels());
    texts.add(bytes, from, to, hash, id);
    return id;
  }

  private Labels withExtraLabels() {
    try {
      Labels plain = labels.build();
      labels.reset(plain);
      extraLabels.forEach(labels::set);
      return labels.build();
    } catch (IllegalArgumentException e) {
      throw new StorageException(e.getMessage() + ": invalid sample", e);
    }
  }
}
