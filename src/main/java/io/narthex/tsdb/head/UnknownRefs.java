package io.narthex.tsdb.head;

import io.narthex.tsdb.wal.WalMetrics;
import java.lang.System.Logger;
import java.util.Locale;

/// What a log says of series that it does not name any more, by kind of record. A log may hold
/// millions of them. Not thread-safe.
final class UnknownRefs {

  private static final Logger LOG = System.getLogger(UnknownRefs.class.getName());

  /// Kinds of records, in Prometheus' words.
  enum Kind {
    SAMPLES,
    HISTOGRAMS,
    TOMBSTONES,
    EXEMPLARS
  }

  private final long[] counts = new long[Kind.values().length];

  void add(Kind kind) {
    counts[kind.ordinal()]++;
  }

  /// Tells of all of them, and counts them.
  ///
  /// @param log `wal` or `wbl`
  void tell(String log, WalMetrics metrics) {
    for (Kind kind : Kind.values()) {
      long count = counts[kind.ordinal()];
      if (count > 0) {
        String type = kind.name().toLowerCase(Locale.ROOT);
        metrics.unknownRefs(log, type, count);
        LOG.log(
            Logger.Level.WARNING, "{0}: {1} {2} of unknown series were left out", log, count, type);
        counts[kind.ordinal()] = 0;
      }
    }
  }
}
