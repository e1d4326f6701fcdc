package io.narthex.tsdb.offline;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Utf8Order;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.BlockScan;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.index.ChunkMetas;
import io.narthex.tsdb.index.IndexReader;
import io.narthex.tsdb.index.Postings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Looks at everything in a block: all checksums, the order of series, chunks and samples, whether
/// postings and series say the same, and whether `meta.json` tells the truth. Goes on behind what
/// it finds, as far as there is something to go on with.
public final class BlockCheck {

  /// More than these are counted, not told.
  private static final int MOST_PROBLEMS = 100;

  /// What was found.
  ///
  /// @param problems each with its place; empty if the block is sound
  /// @param unlisted how many more problems there are
  public record Report(
      long series, long chunks, long samples, List<String> problems, long unlisted) {}

  private final Path directory;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Map<String, Tally>> pairs = new HashMap<>();
  private final SampleBuffer decoded = new SampleBuffer();
  private long unlisted;
  private long series;
  private long chunks;
  private long floats;
  private long histograms;
  private @Nullable Labels before;

  /// Series with a label pair: how many, and a sum over their ids that tells them apart.
  private record Tally(long count, long sum) {

    static final Tally NONE = new Tally(0, 0);

    Tally with(long id) {
      return new Tally(count + 1, sum + (id ^ id >>> 29) * 0x9E3779B97F4A7C15L);
    }
  }

  private BlockCheck(Path directory) {
    this.directory = directory;
  }

  /// The folders in a data folder that have a block's name.
  public static List<Path> blocks(Disk disk, Path directory) {
    return BlockFolder.paths(disk, directory);
  }

  /// Checks the block in a folder.
  public static Report run(Disk disk, Path directory) {
    BlockCheck check = new BlockCheck(directory);
    check.check(disk);
    return new Report(
        check.series,
        check.chunks,
        check.floats + check.histograms,
        List.copyOf(check.problems),
        check.unlisted);
  }

  private void check(Disk disk) {
    try (Block block = Block.open(disk, directory)) {
      String name = Objects.requireNonNull(directory.getFileName()).toString();
      if (!block.meta().ulid().toString().equals(name)) {
        problem("meta.json: ulid is " + block.meta().ulid() + ", the folder's name is " + name);
      }
      if (block.meta().minMs() >= block.meta().maxMs()) {
        problem(
            "meta.json: minTime "
                + block.meta().minMs()
                + " is not below maxTime "
                + block.meta().maxMs());
      }
      allSeries(block);
      symbols(block.index());
      postings(block.index());
      stats(block.meta());
    } catch (CorruptFileException | DiskException e) {
      problem(String.valueOf(e.getMessage()));
    }
  }

  private void problem(String text) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(text);
    } else {
      unlisted++;
    }
  }

  private void allSeries(Block block) {
    BlockScan scan = new BlockScan(block, block.index().all());
    while (true) {
      try {
        if (!scan.next()) {
          return;
        }
        series++;
        oneSeries(scan, block.meta());
      } catch (CorruptFileException e) {
        problem(String.valueOf(e.getMessage()));
      }
    }
  }

  private void oneSeries(BlockScan scan, BlockMeta meta) {
    Labels labels = scan.labels();
    Labels last = before;
    if (last != null && last.compareTo(labels) >= 0) {
      problem("index: series " + labels + " comes behind " + last);
    }
    before = labels;
    for (int i = 0; i < labels.size(); i++) {
      if (i > 0 && labels.name(i - 1).compareTo(labels.name(i)) >= 0) {
        problem("index: labels of series " + labels + " are not in order");
      }
      pairs
          .computeIfAbsent(labels.name(i), n -> new HashMap<>())
          .compute(
              labels.value(i), (v, tally) -> (tally == null ? Tally.NONE : tally).with(scan.id()));
    }
    ChunkMetas metas = scan.chunks();
    if (metas.size() == 0) {
      problem("index: series " + labels + " has no chunk");
    }
    for (int i = 0; i < metas.size(); i++) {
      chunks++;
      String place = "series " + labels + " chunk " + (i + 1) + " of " + metas.size();
      span(place, metas, i, meta);
      try {
        scan.load(metas.ref(i));
        decoded.clear();
        scan.decode(decoded);
        samples(place, metas.minMs(i), metas.maxMs(i), ChunkEncoding.isHistogram(scan.encoding()));
      } catch (CorruptFileException e) {
        problem(place + ": " + e.getMessage());
      }
    }
  }

  private void span(String place, ChunkMetas metas, int i, BlockMeta meta) {
    long minMs = metas.minMs(i);
    long maxMs = metas.maxMs(i);
    if (minMs > maxMs) {
      problem(place + ": begins at " + minMs + " and ends before, at " + maxMs);
    }
    if (i > 0 && minMs <= metas.maxMs(i - 1)) {
      problem(place + ": begins at " + minMs + ", the one before ends at " + metas.maxMs(i - 1));
    }
    if (minMs < meta.minMs() || maxMs >= meta.maxMs()) {
      problem(
          place
              + ": ["
              + minMs
              + ", "
              + maxMs
              + "] is not within the block's ["
              + meta.minMs()
              + ", "
              + meta.maxMs()
              + ")");
    }
  }

  private void samples(String place, long minMs, long maxMs, boolean histogram) {
    int size = decoded.size;
    if (size == 0) {
      problem(place + ": has no sample");
      return;
    }
    if (histogram) {
      histograms += size;
    } else {
      floats += size;
    }
    for (int i = 1; i < size; i++) {
      if (decoded.timesMs[i] <= decoded.timesMs[i - 1]) {
        problem(
            place
                + ": sample at "
                + decoded.timesMs[i]
                + " comes behind one at "
                + decoded.timesMs[i - 1]);
        return;
      }
    }
    if (decoded.timesMs[0] != minMs || decoded.timesMs[size - 1] != maxMs) {
      problem(
          place
              + ": the index says ["
              + minMs
              + ", "
              + maxMs
              + "], its samples are ["
              + decoded.timesMs[0]
              + ", "
              + decoded.timesMs[size - 1]
              + "]");
    }
  }

  private void symbols(IndexReader index) {
    String last = null;
    for (String symbol : index.symbols()) {
      if (last != null && Utf8Order.compare(last, symbol) >= 0) {
        problem("index: symbol \"" + symbol + "\" comes behind \"" + last + "\"");
      }
      last = symbol;
    }
  }

  /// Each pair's postings must be the series that have it.
  private void postings(IndexReader index) {
    for (String name : index.labelNames(List.of())) {
      Map<String, Tally> known = pairs.getOrDefault(name, new HashMap<>());
      for (String value : index.labelValues(name, List.of())) {
        String pair = name + "=" + GoQuote.quote(value);
        Tally wanted = known.remove(value);
        try {
          Tally found = tally(index.postings(name, value), pair);
          if (wanted == null || found.count != wanted.count) {
            problem(
                "index: postings of "
                    + pair
                    + " have "
                    + found.count
                    + " series, there are "
                    + (wanted == null ? 0 : wanted.count));
          } else if (found.sum != wanted.sum) {
            problem("index: postings of " + pair + " are of other series than have that label");
          }
        } catch (CorruptFileException e) {
          problem("postings of " + pair + ": " + e.getMessage());
        }
      }
      known
          .keySet()
          .forEach(value -> problem("index: no postings of " + name + "=" + GoQuote.quote(value)));
      pairs.remove(name);
    }
    pairs.keySet().forEach(name -> problem("index: no postings of the label " + name));
  }

  private Tally tally(Postings postings, String pair) {
    Tally tally = Tally.NONE;
    long last = -1;
    for (long id = postings.next(); id != Postings.END; id = postings.next()) {
      if (id <= last) {
        problem("index: postings of " + pair + " are not ascending");
      }
      last = id;
      tally = tally.with(id);
    }
    return tally;
  }

  private void stats(BlockMeta meta) {
    BlockMeta.Stats stats = meta.stats();
    stat("numSamples", stats.samples(), floats + histograms);
    stat("numSeries", stats.series(), series);
    stat("numChunks", stats.chunks(), chunks);
    if (stats.floatSamples() + stats.histogramSamples() > 0) {
      stat("numFloatSamples", stats.floatSamples(), floats);
      stat("numHistogramSamples", stats.histogramSamples(), histograms);
    }
  }

  private void stat(String name, long said, long found) {
    if (said != found) {
      problem("meta.json: " + name + " is " + said + ", there are " + found);
    }
  }
}
