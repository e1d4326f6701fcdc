package io.narthex.ui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The TSDB status page as its template reads it.
record TsdbPage(int limit, List<Property> head, List<TopList> lists) {

  record TopList(String title, String nameHead, String valueHead, List<Row> rows) {}

  /// @param query an expression for its series, escaped for an address; empty where there is none
  /// @param max the largest value of its list, which the row's bar is measured by
  record Row(String name, String query, String text, long value, long max) {}

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
            list(
                "Top metric names by series",
                "Metric",
                "Series",
                status.seriesByMetricName(),
                name -> name.matches("[a-zA-Z_:][a-zA-Z0-9_:]*") ? name : '{' + quoted(name) + '}'),
            list(
                "Top label names by values",
                "Label",
                "Values",
                status.labelValuesByLabelName(),
                name -> ""),
            list(
                "Top label pairs by series",
                "Label pair",
                "Series",
                status.seriesByLabelPair(),
                TsdbPage::seriesOfPair),
            list(
                "Top label names by memory",
                "Label",
                "Bytes",
                status.memoryBytesByLabelName(),
                name -> "")));
  }

  private static TopList list(
      String title,
      String nameHead,
      String valueHead,
      List<TsdbStatusView.Count> counts,
      UnaryOperator<String> query) {
    long max = counts.stream().mapToLong(TsdbStatusView.Count::value).max().orElse(0);
    List<Row> rows =
        counts.stream()
            .map(c ->
                new Row(
                    c.name(),
                    encoded(query.apply(c.name())),
                    HumanText.count(c.value()),
                    c.value(),
                    max))
            .toList();
    return new TopList(title, nameHead, valueHead, rows);
  }

  /// How many series of each metric carry a pair that is written `name=value`.
  private static String seriesOfPair(String pair) {
    int equals = pair.indexOf('=');
    String name = pair.substring(0, Math.max(0, equals));
    boolean plain = name.matches("[a-zA-Z_][a-zA-Z0-9_]*");
    return equals < 1
        ? ""
        : "count by (__name__) ({"
            + (plain ? name : quoted(name))
            + '='
            + quoted(pair.substring(equals + 1))
            + "})";
  }

  private static String quoted(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return '"' + escaped + '"';
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
