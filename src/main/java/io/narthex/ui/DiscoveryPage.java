package io.narthex.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The service discovery page as its template reads it.
record DiscoveryPage(RowFilter filter, List<String> poolNames, List<Pool> pools) {

  private static final int MAX_ROWS_PER_POOL = 100;

  /// @param cut how many matching targets are not shown
  /// @param forgotten dropped targets that the server no longer holds
  record Pool(String name, int active, int droppedTotal, int forgotten, int cut, List<Row> rows) {

    public int total() {
      return active + droppedTotal;
    }
  }

  record Row(Map<String, String> discovered, Map<String, String> labels, boolean dropped) {}

  static DiscoveryPage of(List<DiscoveryPoolView> pools, RowFilter filter) {
    List<String> names = pools.stream().map(DiscoveryPoolView::name).toList();
    List<Pool> shown = new ArrayList<>();
    for (DiscoveryPoolView pool : pools) {
      if (filter.takesPool(pool.name())) {
        shown.add(pool(pool, filter));
      }
    }
    return new DiscoveryPage(filter, names, shown);
  }

  private static Pool pool(DiscoveryPoolView pool, RowFilter filter) {
    List<Row> matching = new ArrayList<>();
    addRows(matching, pool.active(), filter, false);
    addRows(matching, pool.dropped(), filter, true);
    List<Row> rows = matching.subList(0, Math.min(matching.size(), MAX_ROWS_PER_POOL));
    return new Pool(
        pool.name(),
        pool.active().size(),
        pool.droppedTotal(),
        pool.droppedTotal() - pool.dropped().size(),
        matching.size() - rows.size(),
        rows);
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
