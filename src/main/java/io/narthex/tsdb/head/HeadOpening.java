package io.narthex.tsdb.head;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.tsdb.wal.Checkpoint;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalSkips;
import io.narthex.tsdb.wal.WalWriter;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Opens a head, once: with the memory that an earlier process left, if there is some and it fits,
/// and with what the log has beyond it; or else with the chunk files and all that the log has.
final class HeadOpening {

  private static final Logger LOG = System.getLogger(HeadOpening.class.getName());

  private final Disk disk;
  private final Path dataDirectory;
  private final Path walDirectory;
  private final Path wblDirectory;
  private final Path chunkDirectory;
  private final HeadOptions options;
  private final long minValidMs;
  private final Clock clock;
  private final Metrics metrics;
  private final WalMetrics walMetrics;
  private final Executor background;
  private final ReplayProgress progress;
  private boolean corruptChunks;

  /// The parameters are those of {@link Head#open}.
  HeadOpening(
      Disk disk,
      Path dataDirectory,
      HeadOptions options,
      long minValidMs,
      Clock clock,
      Metrics metrics,
      Executor background,
      ReplayProgress progress) {
    this.disk = disk;
    this.dataDirectory = dataDirectory;
    walDirectory = dataDirectory.resolve("wal");
    wblDirectory = dataDirectory.resolve("wbl");
    chunkDirectory = dataDirectory.resolve("chunks_head");
    this.options = options;
    this.minValidMs = minValidMs;
    this.clock = clock;
    this.metrics = metrics;
    walMetrics = new WalMetrics(metrics, clock, "prometheus_tsdb_wal");
    this.background = background;
    this.progress = progress;
  }

  Head open() {
    Checkpoint checkpoint = new Checkpoint(disk, walDirectory, options.wal());
    checkpoint.clean();
    HeadState state = recalled();
    if (state == null) {
      state = state(HeadMemory.fresh(disk, dataDirectory));
      load(state, WalSkips.NONE, new BitSet());
    }
    metrics
        .counter(
            "prometheus_tsdb_mmap_chunk_corruptions_total",
            "Total number of memory-mapped chunk corruptions.")
        .add(corruptChunks ? 1 : 0);
    return head(state, checkpoint);
  }

  private HeadState state(HeadMemory memory) {
    HeadState state =
        new HeadState(options, memory, new ChunkFiles(disk, chunkDirectory, memory, background));
    state.minValidMs = minValidMs;
    return state;
  }

  /// The head as an earlier process left it, or null if that cannot be had.
  private @Nullable HeadState recalled() {
    if (options.wal().starts()) {
      // Start timestamps lie beside that memory, and died with the process.
      return null;
    }
    HeadMemory left = HeadMemory.left(disk, dataDirectory);
    if (left == null) {
      return null;
    }
    try {
      HeadState state = state(left);
      HeadRecall recall = new HeadRecall(state, disk);
      recall.checkFiles(walDirectory, chunkDirectory);
      recall.run();
      load(state, recall.skips(), recall.series());
      return state;
    } catch (RuntimeException | InternalError e) {
      // Whatever is wrong with it: the log has everything.
      LOG.log(
          Logger.Level.INFO,
          "the memory of the last process is of no use, all samples are read from the WAL: {0}",
          e.getMessage());
      return null;
    }
  }

  /// Reads chunk files and log.
  private void load(HeadState state, WalSkips skips, BitSet recalled) {
    HeadReplay replay =
        new HeadReplay(
            state, disk, walDirectory, wblDirectory, walMetrics, progress, skips, recalled);
    boolean corrupt = new ChunkLoader(disk, chunkDirectory).load(state.files::adopt, replay::chunk);
    corruptChunks |= corrupt;
    if (corrupt && skips != WalSkips.NONE) {
      throw new RecallException("chunk files are corrupt");
    }
    replay.run();
  }

  private Head head(HeadState state, Checkpoint checkpoint) {
    WalWriter wal = WalWriter.open(disk, walDirectory, options.wal(), walMetrics, background);
    wal.follow(state.memory::logged);
    state.memory.complete();
    WalMetrics wblMetrics = new WalMetrics(metrics, clock, "prometheus_tsdb_out_of_order_wbl");
    LateLog lateLog = new LateLog(disk, wblDirectory, options.wal(), wblMetrics, background);
    HeadMetrics headMetrics = new HeadMetrics(metrics, clock);
    HeadGauges.register(metrics, state);
    HeadGauges.registerSizes(metrics, disk, walDirectory, wblDirectory, chunkDirectory);
    HeadCommitter committer = new HeadCommitter(state, wal, lateLog, headMetrics, options);
    committer.allLogged();
    HeadTruncation truncation =
        new HeadTruncation(state, wal, disk, walDirectory, checkpoint, walMetrics, headMetrics);
    return new Head(state, wal, lateLog, committer, truncation);
  }
}
