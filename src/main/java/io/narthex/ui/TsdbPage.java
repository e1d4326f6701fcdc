package io.narthex.ui;

import java.util.List;
import java.util.stream.Stream;

/// The TSDB status page as its template reads it.
record TsdbPage(int limit, List<Property> head, List<TopList> lists) {

  record TopList(String title, String nameHead, String valueHead, List<Row> rows) {}

  /// @param max the largest value of its list, which the row's bar is measured by
  record Row(String name, String text, long value, long max) {}

  /// Lengths to choose from; the one in force is always among them.
  public List<Integer> limits() {
    return Stream.concat(Stream.of(limit), Stream.of(10, 20, 50, 100, 500))
        .distinct()
        .sorted()
        .toList();
  }

  static TsdbPage of(TsdbStatusView status, int limit) {
    return new TsdbPage(
        limit,
        Property.of(status),
        List.of(
            list("Top metric names by series", "Metric", "Series", status.seriesByMetricName()),
            list("Top label names by values", "Label", "Values", status.labelValuesByLabelName()),
            list("Top label pairs by series", "Label pair", "Series", status.seriesByLabelPair()),
            list("Top label names by memory", "Label", "Bytes", status.memoryBytesByLabelName())));
  }

  private static TopList list(
      String title, String nameHead, String valueHead, List<TsdbStatusView.Count> counts) {
    long max = counts.stream().mapToLong(TsdbStatusView.Count::value).max().orElse(0);
    List<Row> rows =
        counts.stream()
            .map(c -> new Row(c.name(), HumanText.count(c.value()), c.value(), max))
            .toList();
    return new TopList(title, nameHead, valueHead, rows);
  }
}
