package io.narthex.tsdb.offline;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Utf8Order;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.block.Ulid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// Makes blocks of samples that do not come from a head: {@link Window} collects those of one
/// block, which lie in memory until it is written. Not thread-safe.
public final class Backfill {

  /// Blocks span this at least.
  public static final long BLOCK_MS = 7_200_000;

  private final Disk disk;
  private final Path directory;
  private final Clock clock;
  private final RandomGenerator random;
  private final long blockMs;
  private final Map<Labels, Integer> ids = new HashMap<>();
  private final List<Labels> labels = new ArrayList<>();

  /// @param directory where the blocks will lie
  /// @param blockMs span of a block, see {@link #blockMs}
  public Backfill(Disk disk, Path directory, Clock clock, RandomGenerator random, long blockMs) {
    this.disk = disk;
    this.directory = directory;
    this.clock = clock;
    this.random = random;
    this.blockMs = blockMs;
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

  /// The number of a series.
  public int series(Labels series) {
    return ids.computeIfAbsent(
        series,
        known -> {
          labels.add(known);
          return labels.size() - 1;
        });
  }

  /// Begins a block.
  public Window window() {
    return new Window();
  }

  /// The samples of one block. What is taken and refused is what Prometheus' head would take and
  /// refuse that commits once in 5000 samples: a sample older than a committed one of its series is
  /// an error, one that is older than another one of the same commit is left out.
  public final class Window {

    private static final int COMMIT_SAMPLES = 5000;

    private long[][] timesMs = new long[64][];
    private double[][] values = new double[64][];
    private int[] sizes = new int[64];

    /// How many samples of a series the commits before the last one it is in have brought.
    private int[] committed = new int[64];

    private int[] lastCommit = new int[64];
    private int commit;
    private int inCommit;
    private long dropped;

    private Window() {}

    /// Adds a sample.
    ///
    /// @throws StorageException if it cannot be taken
    public void add(int series, long tMs, double value) {
      if (series >= sizes.length) {
        grow(series + 1);
      }
      if (lastCommit[series] != commit) {
        lastCommit[series] = commit;
        committed[series] = sizes[series];
      }
      if (fits(series, tMs, value)) {
        append(series, tMs, value);
      }
      if (++inCommit == COMMIT_SAMPLES) {
        commit++;
        inCommit = 0;
      }
    }

    private boolean fits(int series, long tMs, double value) {
      int size = sizes[series];
      int before = committed[series];
      if (before > 0) {
        long lastMs = timesMs[series][before - 1];
        if (tMs < lastMs) {
          throw new StorageException("out of order sample");
        }
        if (tMs == lastMs) {
          if (bits(values[series][before - 1]) != bits(value)) {
            throw new StorageException("duplicate sample for timestamp");
          }
          return false;
        }
      }
      if (size > before && tMs <= timesMs[series][size - 1]) {
        boolean same =
            tMs == timesMs[series][size - 1] && bits(values[series][size - 1]) == bits(value);
        dropped += same ? 0 : 1;
        return false;
      }
      return true;
    }

    private static long bits(double value) {
      return Double.doubleToRawLongBits(value);
    }

    private void append(int series, long tMs, double value) {
      int size = sizes[series];
      if (size == 0 && timesMs[series] == null) {
        timesMs[series] = new long[4];
        values[series] = new double[4];
      } else if (size == timesMs[series].length) {
        timesMs[series] = Arrays.copyOf(timesMs[series], size * 2);
        values[series] = Arrays.copyOf(values[series], size * 2);
      }
      timesMs[series][size] = tMs;
      values[series][size] = value;
      sizes[series] = size + 1;
    }

    private void grow(int least) {
      int length = Math.max(least, sizes.length * 2);
      timesMs = Arrays.copyOf(timesMs, length);
      values = Arrays.copyOf(values, length);
      sizes = Arrays.copyOf(sizes, length);
      committed = Arrays.copyOf(committed, length);
      lastCommit = Arrays.copyOf(lastCommit, length);
    }

    /// How many samples were left out because they came late in their commit.
    public long dropped() {
      return dropped;
    }

    /// Writes the block, whose span is that of its samples; nothing if it has none.
    public Optional<BlockMeta> write() {
      List<Integer> present = present();
      if (present.isEmpty()) {
        return Optional.empty();
      }
      long minMs = Long.MAX_VALUE;
      long maxMs = Long.MIN_VALUE;
      TreeSet<String> symbols = new TreeSet<>(Utf8Order::compare);
      for (int series : present) {
        minMs = Math.min(minMs, timesMs[series][0]);
        maxMs = Math.max(maxMs, timesMs[series][sizes[series] - 1]);
        Labels of = labels.get(series);
        for (int i = 0; i < of.size(); i++) {
          symbols.add(of.name(i));
          symbols.add(of.value(i));
        }
      }
      Ulid ulid = Ulid.next(clock, random);
      try (BlockWriter writer =
          BlockWriter.begin(disk, directory, ulid, minMs, maxMs + 1, symbols)) {
        ChunkCutter cutter = new ChunkCutter(writer, 2 * blockMs);
        for (int series : present) {
          writer.series(labels.get(series));
          cutter.write(timesMs[series], values[series], sizes[series]);
        }
        return Optional.of(writer.finish(BlockMeta.Compaction.ofHead(ulid, List.of())));
      }
    }

    /// Series that have samples, in label order.
    private List<Integer> present() {
      List<Integer> present = new ArrayList<>();
      for (int i = 0; i < sizes.length; i++) {
        if (sizes[i] > 0) {
          present.add(i);
        }
      }
      present.sort(Comparator.comparing(labels::get));
      return present;
    }
  }
}
