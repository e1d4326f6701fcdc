package io.narthex.tsdb.head;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.wal.LabelTexts;
import io.narthex.tsdb.wal.RecordSink;
import io.narthex.tsdb.wal.SampleColumns;
import io.narthex.tsdb.wal.WalFiles;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalSkips;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Brings back the samples that came out of order: from the log beside the log (`wbl/`), and from
/// chunks that a Prometheus made of them.
final class LateReplay implements RecordSink {

  private static final Logger LOG = System.getLogger(LateReplay.class.getName());

  private final HeadState state;
  private final LongUnaryOperator resolve;
  private final Map<Long, SampleBuffer> fromChunks = new HashMap<>();
  private final ChunkDecoder decoder = new ChunkDecoder();
  private final UnknownRefs unknown = new UnknownRefs();

  /// @param resolve the own reference of one of the log, 0 if it is unknown
  LateReplay(HeadState state, LongUnaryOperator resolve) {
    this.state = state;
    this.resolve = resolve;
  }

  /// Takes an out-of-order chunk; whose it is will be known when the log has been read.
  void chunk(ChunkView view) {
    SampleBuffer samples = fromChunks.computeIfAbsent(view.ref, r -> new SampleBuffer());
    decoder.decode(
        view.encoding,
        view.bytes,
        view.dataOffset,
        view.dataBytes,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        samples);
  }

  /// Reads everything; the series are known by now.
  void run(Disk disk, Path directory, WalMetrics metrics) {
    fromChunks.forEach((ref, samples) -> {
      for (int i = 0; i < samples.size; i++) {
        add(ref, samples.timesMs[i], samples.values[i], samples.histogram(i), samples.startMs(i));
      }
    });
    fromChunks.clear();
    List<WalFiles.Numbered> segments = WalFiles.segments(disk, directory);
    try (ReplayPipeline pipeline =
        new ReplayPipeline(
            disk, segments, this, new LabelTexts(), new ReplayProgress(), WalSkips.NONE)) {
      pipeline.run();
      for (CorruptFileException skipped : pipeline.skipped()) {
        metrics.corrupted();
        LOG.log(
            Logger.Level.ERROR,
            "the WBL is corrupt, what cannot be read is lost, the rest is not: {0}",
            skipped.getMessage());
      }
      CorruptFileException corruption = pipeline.corruption();
      if (corruption != null) {
        metrics.corrupted();
        LOG.log(
            Logger.Level.WARNING,
            "the WBL is cut off where it is corrupt: {0}",
            corruption.getMessage());
        pipeline.repair(directory);
      }
    }
    unknown.tell("wbl", metrics);
  }

  private void add(
      long ref, long tMs, double value, @Nullable FloatHistogram histogram, long startMs) {
    long own = resolve.applyAsLong(ref);
    if (own != 0) {
      long kept = state.keepsStarts ? state.keptStartMs(histogram, startMs) : 0;
      state.late.add(own, tMs, value, histogram, kept);
    } else {
      unknown.add(histogram == null ? UnknownRefs.Kind.SAMPLES : UnknownRefs.Kind.HISTOGRAMS);
    }
  }

  @Override
  public void samples(SampleColumns samples) {
    long[] startsMs = samples.startsMs;
    for (int i = 0; i < samples.size; i++) {
      long startMs = startsMs == null ? 0 : startsMs[i];
      add(samples.refs[i], samples.timesMs[i], samples.values[i], null, startMs);
    }
  }

  @Override
  public void histogram(long ref, long tMs, FloatHistogram histogram, long startMs) {
    add(ref, tMs, histogram.sum, histogram, startMs);
  }

  @Override
  public void series(long ref, Labels labels) {
    // Only the log itself names series.
  }

  @Override
  public void tombstone(long ref, long minMs, long maxMs) {
    // Only the log itself deletes.
  }

  @Override
  public void exemplar(long ref, long tMs, double value, Labels labels) {
    // Not here.
  }

  @Override
  public void metadata(long ref, Metadata metadata) {
    // Not here.
  }
}
