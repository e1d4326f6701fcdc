package io.narthex.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The targets page as its template reads it: the pools that the filter takes, cut off after so
/// many rows that a browser still likes the page.
record TargetsPage(RowFilter filter, List<String> poolNames, List<Pool> pools) {

  private static final int MAX_ROWS_PER_POOL = 200;

  /// @param cut how many matching targets are not shown
  record Pool(String name, long up, int total, int matching, int cut, List<Row> rows) {

    public String state() {
      return total == 0 ? "unknown" : up == total ? "up" : up == 0 ? "down" : "mixed";
    }
  }

  /// @param link address to follow, empty if it is not one of the web
  record Row(
      String url,
      String link,
      String health,
      Map<String, String> labels,
      String lastScrape,
      String lastScrapeAt,
      String took,
      String error) {}

  static TargetsPage of(List<TargetPoolView> pools, RowFilter filter, long nowMs) {
    List<String> names = pools.stream().map(TargetPoolView::name).toList();
    List<Pool> shown = new ArrayList<>();
    for (TargetPoolView pool : pools) {
      if (filter.takesPool(pool.name())) {
        shown.add(pool(pool, filter, nowMs));
      }
    }
    return new TargetsPage(filter, names, shown);
  }

  private static Pool pool(TargetPoolView pool, RowFilter filter, long nowMs) {
    List<TargetView> matching = pool.targets().stream().filter(filter::takes).toList();
    List<Row> rows =
        matching.stream().limit(MAX_ROWS_PER_POOL).map(target -> row(target, nowMs)).toList();
    int cut = matching.size() - rows.size();
    return new Pool(pool.name(), pool.up(), pool.targets().size(), matching.size(), cut, rows);
  }

  private static Row row(TargetView target, long nowMs) {
    boolean scraped = target.lastScrapeMs() != 0;
    return new Row(
        target.scrapeUrl(),
        isWebAddress(target.globalUrl()) ? target.globalUrl() : "",
        target.health(),
        target.labels(),
        HumanText.ago(target.lastScrapeMs(), nowMs),
        HumanText.instant(target.lastScrapeMs()),
        scraped ? HumanText.span(target.lastScrapeSeconds() * 1000) : "",
        target.lastError());
  }

  private static boolean isWebAddress(String url) {
    return url.startsWith("http://") || url.startsWith("https://");
  }
}
