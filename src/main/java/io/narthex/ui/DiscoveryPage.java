package io.narthex.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The service discovery page as its template reads it.
record DiscoveryPage(RowFilter filter, List<String> poolNames, List<Pool> pools) {

  /// @param forgotten dropped targets that the server no longer holds
  /// @param matching how many targets the filter takes
  /// @param link address of the page that shows this pool alone
  record Pool(
      String name,
      int active,
      int droppedTotal,
      int forgotten,
      int matching,
      String link,
      RowBudget.Turns turns,
      List<Row> rows) {

    public int total() {
      return active + droppedTotal;
    }
  }

  record Row(Map<String, String> discovered, Map<String, String> labels, boolean dropped) {}

  static DiscoveryPage of(List<DiscoveryPoolView> pools, RowFilter filter) {
    List<String> names = pools.stream().map(DiscoveryPoolView::name).toList();
    RowBudget budget = new RowBudget(filter);
    List<Pool> shown = new ArrayList<>();
    for (DiscoveryPoolView pool : pools) {
      if (filter.takesPool(pool.name())) {
        shown.add(pool(pool, filter, budget));
      }
    }
    return new DiscoveryPage(filter, names, shown);
  }

  private static Pool pool(DiscoveryPoolView pool, RowFilter filter, RowBudget budget) {
    List<Row> matching = new ArrayList<>();
    addRows(matching, pool.active(), filter, false);
    addRows(matching, pool.dropped(), filter, true);
    RowBudget.Slice<Row> slice = budget.take(matching, filter);
    return new Pool(
        pool.name(),
        pool.active().size(),
        pool.droppedTotal(),
        pool.droppedTotal() - pool.dropped().size(),
        matching.size(),
        filter.link(pool.name(), 0),
        slice.turns(filter, pool.name()),
        slice.rows());
  }

  private static void addRows(
      List<Row> rows, List<DiscoveredTargetView> targets, RowFilter filter, boolean dropped) {
    for (DiscoveredTargetView target : targets) {
      if (filter.takes(target)) {
        rows.add(new Row(target.discoveredLabels(), target.labels(), dropped));
      }
    }
  }
}
