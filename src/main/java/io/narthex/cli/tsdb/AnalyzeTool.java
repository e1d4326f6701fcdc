package io.narthex.cli.tsdb;

import io.narthex.cli.command.Given;
import io.narthex.cli.command.GoDurations;
import io.narthex.cli.terminal.Terminal;
import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.parse.PromqlParser;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.offline.BlockAnalysis;
import io.narthex.tsdb.offline.BlockAnalysis.Counted;
import io.narthex.tsdb.offline.BlockFolder;
import io.narthex.tsdb.offline.ChunkShapes;
import java.nio.file.Path;
import java.util.List;

/// `tsdb analyze`: churn, cardinality, and how full the chunks of a block are.
final class AnalyzeTool {

  private final Terminal terminal;
  private final int limit;

  private AnalyzeTool(Terminal terminal, int limit) {
    this.terminal = terminal;
    this.limit = limit;
  }

  /// Runs it; returns the exit code.
  static int run(Given given, Disk disk, Terminal terminal) {
    String selector = given.text("match");
    List<Matcher> matchers = selector.isEmpty() ? List.of() : PromqlParser.parseSelector(selector);
    Path directory = Path.of(given.text("db path"));
    try (Block block = BlockFolder.block(disk, directory, given.text("block id"))) {
      AnalyzeTool tool = new AnalyzeTool(terminal, given.whole("limit"));
      tool.series(block, selector, matchers);
      if (given.isOn("extended")) {
        tool.chunks(ChunkShapes.of(block, matchers));
      }
    }
    return 0;
  }

  private void series(Block block, String selector, List<Matcher> matchers) {
    BlockMeta meta = block.meta();
    terminal.line("Block ID: " + meta.ulid());
    long spanMs = meta.maxMs() - meta.minMs();
    terminal.line("Duration: " + GoDurations.format(spanMs * 1_000_000));
    terminal.line("Total Series: " + meta.stats().series());
    if (!selector.isEmpty()) {
      terminal.line("Matcher: " + selector);
    }
    BlockAnalysis found = BlockAnalysis.of(block, matchers);
    terminal.line("Label names: " + found.labelNames());
    if (!selector.isEmpty()) {
      terminal.line("Matched series: " + found.series());
    }
    terminal.line("Postings (unique label pairs): " + found.pairs());
    terminal.line("Postings entries (total label pairs): " + found.entries());
    list("Label pairs most involved in churning", found.churnPairs());
    list("Label names most involved in churning", found.churnNames());
    list("Most common label pairs", found.commonPairs());
    list("Label names with highest cumulative label value length", found.valueBytes());
    list("Highest cardinality labels", found.valueCounts());
    list("Highest cardinality metric names", found.metrics());
  }

  private void list(String title, List<Counted> counts) {
    terminal.line("\n" + title + ":");
    for (Counted counted : counts.subList(0, Math.clamp(limit, 0, counts.size()))) {
      terminal.line(counted.count() + " " + counted.name());
    }
  }

  private void chunks(ChunkShapes shapes) {
    terminal.line("\nCompaction analysis:\n");
    distribution("samples per float chunk", shapes.floatSamples(), shapes.chunks());
    distribution("bytes per float chunk", shapes.floatBytes(), shapes.chunks());
    distribution("samples per histogram chunk", shapes.histogramSamples(), shapes.chunks());
    distribution("bytes per histogram chunk", shapes.histogramBytes(), shapes.chunks());
    distribution("buckets per histogram chunk", shapes.buckets(), shapes.chunks());
  }

  /// A bar for each range of sizes; a `#` is a percent of all chunks.
  private void distribution(String title, int[] sorted, long all) {
    if (sorted.length == 0) {
      terminal.line(title + ": N/A\n");
      return;
    }
    int least = sorted[0];
    int most = sorted[sorted.length - 1];
    int step = step(least, most);
    int start = least - least % step;
    int end = most - most % step + step;
    long sum = 0;
    int[] buckets = new int[(end - start) / step + 1];
    int highest = 0;
    for (int value : sorted) {
      sum += value;
      highest = Math.max(highest, ++buckets[(value - start) / step]);
    }
    terminal.line(title + " (min/avg/max): " + least + "/" + sum / sorted.length + "/" + most);
    for (int i = 0; i < buckets.length; i++) {
      terminal.line(
          "["
              + right(i * step + start + 1, end)
              + ", "
              + right((i + 1) * step + start, end + step)
              + "]: "
              + right(buckets[i], highest)
              + " "
              + "#".repeat((int) (100L * buckets[i] / all)));
    }
    terminal.line("");
  }

  private static int step(int least, int most) {
    int step = 10;
    while (step < (most - least) / 10 && step <= 10_000) {
      step *= 10;
    }
    return step;
  }

  /// `number` in as many places as `widest` takes.
  private static String right(int number, int widest) {
    String text = Integer.toString(number);
    return " ".repeat(Math.max(0, Integer.toString(widest).length() - text.length())) + text;
  }
}
