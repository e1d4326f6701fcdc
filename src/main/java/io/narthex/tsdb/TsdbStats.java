package io.narthex.tsdb;

import io.narthex.tsdb.head.HeadStats;
import java.util.List;

/// What is in the head, for the status page. Lists are the greatest first.
///
/// @param minMs oldest time in the head, `Long.MAX_VALUE` if it is empty
/// @param maxMs newest time in the head, `Long.MIN_VALUE` if it is empty
/// @param seriesByMetric series of each metric name
/// @param valuesByLabel distinct values of each label name
/// @param bytesByLabel length of the values of each label name over all series
/// @param seriesByPair series of each `name=value`
public record TsdbStats(
    int series,
    int labelPairs,
    long chunks,
    long minMs,
    long maxMs,
    List<Count> seriesByMetric,
    List<Count> valuesByLabel,
    List<Count> bytesByLabel,
    List<Count> seriesByPair) {

  /// A name and its number.
  public record Count(String name, long count) {}

  static TsdbStats of(HeadStats head) {
    return new TsdbStats(
        head.series(),
        head.labelPairs(),
        head.chunks(),
        head.minMs(),
        head.maxMs(),
        counts(head.seriesByMetric()),
        counts(head.valuesByLabel()),
        counts(head.bytesByLabel()),
        counts(head.seriesByPair()));
  }

  private static List<Count> counts(List<HeadStats.Count> list) {
    return list.stream().map(c -> new Count(c.name(), c.count())).toList();
  }
}
