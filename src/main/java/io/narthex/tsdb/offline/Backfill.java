package io.narthex.tsdb.offline;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Labels;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.block.Ulid;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/// Makes blocks of samples that do not come from a head, in bounded memory: as many as fit are
/// collected, sorted and spilled into a run, a file beside the blocks; at the end the runs are
/// merged block by block. What a block's index needs while it is written stays in memory: its
/// symbols, and some bytes for each label of each series. Not thread-safe.
///
/// Use: `series` and `add` for each sample, `spill` whenever `isFull`; then `write`; `close` in any
/// case.
public final class Backfill implements AutoCloseable {

  /// Blocks span this at least.
  public static final long BLOCK_MS = 7_200_000;

  private static final int COMMIT_SAMPLES = 5000;

  private final Disk disk;
  private final Path directory;
  private final Path runDirectory;
  private final Clock clock;
  private final RandomGenerator random;
  private final long blockMs;
  private final CollectedSamples collected;
  private final List<Run> runs = new ArrayList<>();

  /// How many samples each block has got, by its begin.
  private final Map<Long, int[]> counts = new HashMap<>();

  private long block;
  private int[] blockCount = {};
  private long dropped;

  /// @param directory where the blocks will lie
  /// @param blockMs span of a block, see {@link #blockMs}
  /// @param memoryBytes about how much memory the collected samples may take
  public Backfill(
      Disk disk,
      Path directory,
      Clock clock,
      RandomGenerator random,
      long blockMs,
      long memoryBytes) {
    this.disk = disk;
    this.directory = directory;
    this.clock = clock;
    this.random = random;
    this.blockMs = blockMs;
    collected = new CollectedSamples(blockMs, memoryBytes);
    // A name that servers and tools take for the rest of a block that was not finished.
    runDirectory = directory.resolve(Ulid.next(clock, random) + BlockWriter.TEMPORARY_SUFFIX);
  }

  /// The span of blocks when none may be longer than `longestMs`: two hours, times three as often
  /// as it fits (nine times at most), as compaction would make them.
  public static long blockMs(long longestMs) {
    long span = BLOCK_MS;
    for (int i = 1; i < 10 && span * 3 <= longestMs; i++) {
      span *= 3;
    }
    return span;
  }

  /// How much of the heap collected samples should take in a tool that does nothing else.
  public static long memoryBytes() {
    return Runtime.getRuntime().maxMemory() / 8;
  }

  /// A number of the series, valid until the next `spill`. Each call takes memory for another one.
  public int series(Labels labels) {
    return collected.series(labels);
  }

  /// Adds a sample. Whether it fits to the others of its series is found out by `write`.
  public void add(int series, long tMs, double value) {
    if (blockCount.length == 0 || tMs < block || tMs >= block + blockMs) {
      block = Math.floorDiv(tMs, blockMs) * blockMs;
      blockCount = counts.computeIfAbsent(block, _ -> new int[2]);
    }
    collected.add(series, tMs, value, commit());
  }

  /// Number of the commit of the next sample of the block at hand.
  private int commit() {
    int commit = blockCount[0];
    if (++blockCount[1] == COMMIT_SAMPLES) {
      blockCount[0]++;
      blockCount[1] = 0;
    }
    return commit;
  }

  /// Whether it is time to `spill`.
  public boolean isFull() {
    return collected.isFull();
  }

  /// Writes what is collected into a run. The series' numbers are void then.
  public void spill() {
    if (!collected.isEmpty()) {
      disk.createDirectories(runDirectory);
      try (RunWriter run = new RunWriter(disk, runDirectory.resolve("run" + runs.size()))) {
        collected.writeTo(run);
        runs.add(run.finish());
      }
    }
    collected.clear();
  }

  /// Hears of the work that `write` has done.
  public interface Listener {

    /// Does not care.
    Listener NONE =
        new Listener() {
          @Override
          public void created(BlockMeta block) {}

          @Override
          public void written(long doneBytes, long allBytes) {}
        };

    void created(BlockMeta block);

    /// @param doneBytes of the `allBytes` that have to be read
    void written(long doneBytes, long allBytes);
  }

  /// Writes the blocks, oldest first; the span of each is that of its samples.
  ///
  /// @throws io.narthex.storage.StorageException if a sample cannot be taken
  public void write(Listener listener) {
    spill();
    SortedSet<Long> blocks = new TreeSet<>();
    runs.forEach(run -> blocks.addAll(run.starts().keySet()));
    // Each is read twice, for the outline and for the block.
    long allBytes = 2 * runs.stream().mapToLong(Run::lengthBytes).sum();
    long[] doneBytes = {0};
    LongConsumer progress = bytes -> listener.written(doneBytes[0] += bytes, allBytes);
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> mapped = runs.stream().map(run -> disk.map(run.path(), arena)).toList();
      for (long each : blocks) {
        listener.created(write(each, mapped, progress));
      }
    }
  }

  private BlockMeta write(long ofBlock, List<MemorySegment> mapped, LongConsumer progress) {
    BackfillBlock outline = BackfillBlock.of(new RunMerge(runs, mapped, ofBlock, progress));
    dropped += outline.dropped();
    Ulid ulid = Ulid.next(clock, random);
    try (BlockWriter writer =
        BlockWriter.begin(
            disk, directory, ulid, outline.minMs(), outline.maxMs() + 1, outline.symbols())) {
      RunMerge merge = new RunMerge(runs, mapped, ofBlock, progress);
      return BackfillBlock.write(merge, writer, ulid, 2 * blockMs);
    }
  }

  /// How many samples `write` has left out because they came late in their commit.
  public long dropped() {
    return dropped;
  }

  /// Removes the runs.
  @Override
  public void close() {
    disk.delete(runDirectory);
  }
}
