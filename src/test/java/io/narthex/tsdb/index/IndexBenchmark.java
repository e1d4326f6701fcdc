package io.narthex.tsdb.index;

import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Times of lookups in the mapped index of a block with 100,000 series: 500 instances, 50 metrics,
/// 4 series of each, in microseconds a lookup.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IndexBenchmark {

  private static final int INSTANCES = 500;
  private static final int METRICS = 50;
  private static final int MODES = 4;

  private final Arena arena = Arena.ofConfined();
  private IndexReader index = empty();
  private SeriesEntry entry = index.newEntry();
  private long someSeries;

  /// Replaced by `write`; a field has to hold something before.
  private static IndexReader empty() {
    return read(write(List.of()), Arena.global());
  }

  @Setup
  public void fill() {
    index = read(write(series()), arena);
    entry = index.newEntry();
    someSeries = index.postings("instance", "host-250:9100").next();
  }

  @TearDown
  public void close() {
    arena.close();
  }

  /// Two values looked up and their 2,000 and 200 series intersected: 4 remain.
  @Benchmark
  public long intersection() {
    return walk(Matcher.equal("__name__", "metric_25"), Matcher.equal("instance", "host-250:9100"));
  }

  /// Half of all series intersected with a quarter: 12,500 remain.
  @Benchmark
  public long largeIntersection() {
    return walk(Matcher.equal("half", "1"), Matcher.equal("mode", "mode-1"));
  }

  /// All 500 instances tried with an expression: a tenth of them with 20,000 series fulfil it.
  @Benchmark
  public long regexSelection() {
    return walk(Matcher.of(MatchType.REGEXP, "instance", "host-[0-9]*7:.+"));
  }

  /// An expression that is a list of values, with one metric.
  @Benchmark
  public long alternatives() {
    return walk(
        Matcher.equal("__name__", "metric_25"),
        Matcher.of(MatchType.REGEXP, "mode", "mode-1|mode-3"));
  }

  /// The values of a label.
  @Benchmark
  public List<String> labelValues() {
    return index.labelValues("instance", List.of());
  }

  /// The values of a label on the series of one metric.
  @Benchmark
  public List<String> labelValuesOfMetric() {
    return index.labelValues("instance", List.of(Matcher.equal("__name__", "metric_25")));
  }

  /// Labels and checksum of one series.
  @Benchmark
  public Labels labelLookup() {
    return entry.read(someSeries).labels();
  }

  private long walk(Matcher... matchers) {
    Postings found = MatcherResolver.resolve(index, List.of(matchers));
    long count = 0;
    while (found.next() != Postings.END) {
      count++;
    }
    return count;
  }

  private static List<Labels> series() {
    List<Labels> all = new ArrayList<>();
    for (int i = 0; i < INSTANCES * METRICS * MODES; i++) {
      all.add(
          Labels.of(
              Labels.NAME,
              "metric_" + i / MODES % METRICS,
              "half",
              String.valueOf(i / MODES % 2),
              "instance",
              "host-" + i / MODES / METRICS + ":9100",
              "job",
              "node",
              "mode",
              "mode-" + i % MODES));
    }
    all.sort(null);
    return all;
  }

  private static Path write(List<Labels> series) {
    TreeSet<String> symbols = new TreeSet<>();
    for (Labels labels : series) {
      for (int i = 0; i < labels.size(); i++) {
        symbols.add(labels.name(i));
        symbols.add(labels.value(i));
      }
    }
    try {
      Path file = Files.createTempFile("index", null);
      file.toFile().deleteOnExit();
      ChunkMetas chunks = new ChunkMetas();
      chunks.add(0, 1, 8);
      try (IndexWriter writer = new IndexWriter(Disk.system(), file, symbols)) {
        series.forEach(labels -> writer.addSeries(labels, chunks));
        writer.finish();
      }
      return file;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static IndexReader read(Path file, Arena arena) {
    try (FileChannel channel = FileChannel.open(file)) {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new IndexReader(file.toString(), bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
