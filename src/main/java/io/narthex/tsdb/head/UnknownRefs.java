package io.narthex.tsdb.head;

import io.narthex.tsdb.wal.WalMetrics;
import java.lang.System.Logger;
import java.util.Map;
import java.util.TreeMap;

/// What a log says of series that it does not name any more, by kind of record. Not thread-safe.
final class UnknownRefs {

  private static final Logger LOG = System.getLogger(UnknownRefs.class.getName());

  private final Map<String, Long> counts = new TreeMap<>();

  /// @param type in Prometheus' words: `samples`, `histograms`, `exemplars`, `tombstones`
  void add(String type) {
    counts.merge(type, 1L, Long::sum);
  }

  /// Tells of all of them, and counts them.
  ///
  /// @param log `wal` or `wbl`
  void tell(String log, WalMetrics metrics) {
    counts.forEach((type, count) -> {
      metrics.unknownRefs(log, type, count);
      LOG.log(
          Logger.Level.WARNING, "{0}: {1} {2} of unknown series were left out", log, count, type);
    });
    counts.clear();
  }
}
