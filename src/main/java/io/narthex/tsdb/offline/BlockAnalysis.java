package io.narthex.tsdb.offline;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.BlockScan;
import io.narthex.tsdb.index.ChunkMetas;
import io.narthex.tsdb.index.IndexReader;
import io.narthex.tsdb.index.MatcherResolver;
import io.narthex.tsdb.index.Postings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the series of a block are made of. Lists are sorted by count, the greatest first, then by
/// name.
///
/// @param labelNames how many label names there are
/// @param series how many series were looked at
/// @param pairs how many label pairs there are
/// @param entries how many pairs all series have together
/// @param churnPairs by pair: how often the block's whole span is not covered by its series
/// @param churnNames the same by name
/// @param commonPairs series by pair
/// @param valueBytes length of all values by label name
/// @param valueCounts number of values by label name
/// @param metrics series by metric name
public record BlockAnalysis(
    int labelNames,
    long series,
    long pairs,
    long entries,
    List<Counted> churnPairs,
    List<Counted> churnNames,
    List<Counted> commonPairs,
    List<Counted> valueBytes,
    List<Counted> valueCounts,
    List<Counted> metrics) {

  /// A name and a number.
  public record Counted(String name, long count) {}

  /// What is known of one value of a label.
  private static final class Tally {
    long uncoveredMs;
    long series;
  }

  /// Looks at the series of `block` that fulfil all matchers.
  public static BlockAnalysis of(Block block, List<Matcher> matchers) {
    IndexReader index = block.index();
    List<String> names = index.labelNames(matchers);
    Map<String, Map<String, Tally>> tallies = new HashMap<>();
    long series = tally(block, postings(index, matchers), tallies);
    long spanMs = spanMs(block.meta());
    List<Counted> churnPairs = new ArrayList<>();
    List<Counted> churnNames = new ArrayList<>();
    List<Counted> commonPairs = new ArrayList<>();
    List<Counted> metrics = new ArrayList<>();
    long entries = 0;
    for (Map.Entry<String, Map<String, Tally>> name : tallies.entrySet()) {
      long uncoveredMs = 0;
      for (Map.Entry<String, Tally> value : name.getValue().entrySet()) {
        Tally tally = value.getValue();
        String pair = name.getKey() + "=" + value.getKey();
        churnPairs.add(new Counted(pair, churn(tally.uncoveredMs, spanMs)));
        commonPairs.add(new Counted(pair, tally.series));
        if (name.getKey().equals(Labels.NAME)) {
          metrics.add(new Counted(value.getKey(), tally.series));
        }
        uncoveredMs += tally.uncoveredMs;
        entries += tally.series;
      }
      churnNames.add(new Counted(name.getKey(), churn(uncoveredMs, spanMs)));
    }
    List<Counted> bytes = new ArrayList<>();
    List<Counted> counts = new ArrayList<>();
    for (String name : names) {
      List<String> values = index.labelValues(name, matchers);
      bytes.add(new Counted(name, values.stream().mapToLong(BlockAnalysis::utf8Bytes).sum()));
      counts.add(new Counted(name, values.size()));
    }
    return new BlockAnalysis(
        names.size(),
        series,
        commonPairs.size(),
        entries,
        sorted(churnPairs),
        sorted(churnNames),
        sorted(commonPairs),
        sorted(bytes),
        sorted(counts),
        sorted(metrics));
  }

  static Postings postings(IndexReader index, List<Matcher> matchers) {
    return matchers.isEmpty() ? index.all() : MatcherResolver.resolve(index, matchers);
  }

  private static long spanMs(BlockMeta meta) {
    return meta.maxMs() - meta.minMs();
  }

  private static long tally(
      Block block, Postings postings, Map<String, Map<String, Tally>> tallies) {
    BlockScan scan = new BlockScan(block, postings);
    long spanMs = spanMs(block.meta());
    long series = 0;
    while (scan.next()) {
      series++;
      ChunkMetas chunks = scan.chunks();
      long coveredMs = chunks.size() == 0 ? 0 : chunks.maxMs(chunks.size() - 1) - chunks.minMs(0);
      Labels labels = scan.labels();
      for (int i = 0; i < labels.size(); i++) {
        Tally tally =
            tallies
                .computeIfAbsent(labels.name(i), n -> new HashMap<>())
                .computeIfAbsent(labels.value(i), v -> new Tally());
        tally.uncoveredMs += spanMs - coveredMs;
        tally.series++;
      }
    }
    return series;
  }

  private static long churn(long uncoveredMs, long spanMs) {
    return (long) ((double) uncoveredMs / spanMs);
  }

  private static long utf8Bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static List<Counted> sorted(List<Counted> list) {
    list.sort(Comparator.comparingLong(Counted::count).reversed().thenComparing(Counted::name));
    return list;
  }
}
