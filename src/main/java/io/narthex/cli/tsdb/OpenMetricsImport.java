package io.narthex.cli.tsdb;

import io.narthex.cli.terminal.Progress;
import io.narthex.cli.terminal.ToolException;
import io.narthex.model.exposition.ExpositionParser;
import io.narthex.model.exposition.ExpositionParser.Entry;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.MetricType;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.offline.Backfill;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/// Turns a text into blocks. It is read twice: once to see that all of it is well, once for its
/// samples.
final class OpenMetricsImport implements Backfill.Listener {

  private static final int LOOK_SAMPLES = 1 << 16;

  private final MemorySegment file;
  private final Map<String, String> extraLabels;
  private final Backfill backfill;
  private final CreatedBlocks created;
  private final Progress progress;
  private SeriesTexts texts = new SeriesTexts();
  private final LabelsBuilder labels = new LabelsBuilder();

  OpenMetricsImport(
      MemorySegment file,
      Map<String, String> extraLabels,
      Backfill backfill,
      CreatedBlocks created,
      Progress progress) {
    this.file = file;
    this.extraLabels = extraLabels;
    this.backfill = backfill;
    this.created = created;
    this.progress = progress;
  }

  /// Reads the text to its end, so that a mistake in it is found before a block is written.
  void check() {
    OpenMetricsFile text = new OpenMetricsFile(file);
    ExpositionParser parser = text.parser();
    long count = 0;
    for (Entry entry = text.next(); entry != Entry.END; entry = text.next()) {
      if (entry != Entry.SERIES) {
        continue;
      }
      if (!parser.hasTimestamp()) {
        throw new ToolException(
            "getting min and max timestamp: expected timestamp for series got none");
      }
      if ((++count & LOOK_SAMPLES - 1) == 0) {
        progress.at("reading the input", text.readBytes(), file.byteSize());
      }
    }
  }

  /// Writes the blocks, oldest first.
  void write() {
    collect();
    backfill.write(this);
  }

  private void collect() {
    OpenMetricsFile text = new OpenMetricsFile(file);
    ExpositionParser parser = text.parser();
    long count = 0;
    for (Entry entry = text.next(); entry != Entry.END; entry = text.next()) {
      if (entry != Entry.SERIES) {
        continue;
      }
      if (backfill.isFull()) {
        backfill.spill();
        texts = new SeriesTexts();
      }
      backfill.add(series(text.bytes(), parser), parser.timestampMs(), parser.value());
      if ((++count & LOOK_SAMPLES - 1) == 0) {
        progress.at("collecting samples", text.readBytes(), file.byteSize());
      }
    }
    texts = new SeriesTexts();
  }

  @Override
  public void created(BlockMeta block) {
    created.created(block);
  }

  @Override
  public void written(long doneBytes, long allBytes) {
    progress.at("writing blocks", doneBytes, allBytes);
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
