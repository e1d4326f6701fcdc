package io.narthex.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The targets page as its template reads it: the pools that the filter takes, with as many rows as
/// a page has room for.
record TargetsPage(
    RowFilter filter, List<String> poolNames, List<Pool> pools, List<HealthCount> counts) {

  /// How many of all targets are in one state; none of them is nothing to see.
  record HealthCount(String health, String style, String text) {}

  /// @param matching how many targets the filter takes
  /// @param link address of the page that shows this pool alone
  record Pool(
      String name,
      String state,
      long up,
      int total,
      int matching,
      String link,
      RowBudget.Turns turns,
      List<Row> rows) {}

  /// @param link address to follow, empty if it is not one of the web
  record Row(
      String url,
      String link,
      String health,
      Map<String, String> labels,
      Map<String, String> discovered,
      String lastScrape,
      String lastScrapeAt,
      String took,
      String error) {}

  static TargetsPage of(List<TargetPoolView> pools, RowFilter filter, long nowMs) {
    List<String> names = pools.stream().map(TargetPoolView::name).toList();
    RowBudget budget = new RowBudget(filter);
    List<Pool> shown = new ArrayList<>();
    for (TargetPoolView pool : pools) {
      if (filter.takesPool(pool.name())) {
        shown.add(pool(pool, filter, budget, nowMs));
      }
    }
    return new TargetsPage(filter, names, shown, counts(pools));
  }

  private static List<HealthCount> counts(List<TargetPoolView> pools) {
    return Stream.of("up", "down", "unknown").map(health -> count(pools, health)).toList();
  }

  private static HealthCount count(List<TargetPoolView> pools, String health) {
    long count =
        pools.stream()
            .flatMap(pool -> pool.targets().stream())
            .filter(target -> target.health().equals(health))
            .count();
    String style = count == 0 ? "unknown" : health;
    return new HealthCount(health, style, HumanText.count(count) + ' ' + health);
  }

  private static Pool pool(TargetPoolView pool, RowFilter filter, RowBudget budget, long nowMs) {
    List<TargetView> matching = pool.targets().stream().filter(filter::takes).toList();
    RowBudget.Slice<TargetView> slice = budget.take(matching, filter);
    return new Pool(
        pool.name(),
        pool.state(),
        pool.up(),
        pool.targets().size(),
        matching.size(),
        filter.link(pool.name(), 0),
        slice.turns(filter, pool.name()),
        slice.rows().stream().map(target -> row(target, nowMs)).toList());
  }

  private static Row row(TargetView target, long nowMs) {
    boolean scraped = target.lastScrapeMs() != 0;
    return new Row(
        target.scrapeUrl(),
        isWebAddress(target.globalUrl()) ? target.globalUrl() : "",
        target.health(),
        target.labels(),
        target.discoveredLabels(),
        HumanText.ago(target.lastScrapeMs(), nowMs),
        HumanText.instant(target.lastScrapeMs()),
        scraped ? HumanText.span(target.lastScrapeSeconds() * 1000) : "",
        target.lastError());
  }

  private static boolean isWebAddress(String url) {
    return url.startsWith("http://") || url.startsWith("https://");
  }
}
