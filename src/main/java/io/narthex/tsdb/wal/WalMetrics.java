package io.narthex.tsdb.wal;

import io.narthex.clock.Clock;
import io.narthex.metrics.Counter;
import io.narthex.metrics.Gauge;
import io.narthex.metrics.Metrics;
import io.narthex.metrics.Summary;
import java.util.Locale;

/// The numbers that a log tells about itself, with Prometheus' names.
public final class WalMetrics {

  private static final double[] QUANTILES = {0.5, 0.9, 0.99};

  private final Metrics metrics;
  private final Clock clock;
  private final Gauge segment;
  private final Counter flushedPages;
  private final Counter completedPages;
  private final Counter writeFailures;
  private final Counter truncations;
  private final Counter truncationFailures;
  private final Counter corruptions;
  private final Summary fsyncSeconds;
  private final Counter recordBytes;
  private final Counter records;

  /// @param prefix `prometheus_tsdb_wal` or `prometheus_tsdb_out_of_order_wbl`
  public WalMetrics(Metrics metrics, Clock clock, String prefix) {
    this.metrics = metrics;
    this.clock = clock;
    segment =
        metrics.gauge(
            prefix + "_segment_current",
            "Write log segment index that TSDB is currently writing to.");
    flushedPages = metrics.counter(prefix + "_page_flushes_total", "Total number of page flushes.");
    completedPages =
        metrics.counter(prefix + "_completed_pages_total", "Total number of completed pages.");
    writeFailures =
        metrics.counter(
            prefix + "_writes_failed_total", "Total number of write log writes that failed.");
    truncations =
        metrics.counter(
            prefix + "_truncations_total", "Total number of write log truncations attempted.");
    truncationFailures =
        metrics.counter(
            prefix + "_truncations_failed_total",
            "Total number of write log truncations that failed.");
    corruptions =
        metrics.counter(prefix + "_corruptions_total", "Total number of WAL corruptions.");
    fsyncSeconds =
        metrics.summary(
            prefix + "_fsync_duration_seconds", "Duration of write log fsync.", QUANTILES);
    recordBytes =
        metrics.counter(
            prefix + "_record_parts_bytes_written_total",
            "Total number of record part bytes written before flushing, including CRC and"
                + " compression headers.");
    records =
        metrics.counter(
            prefix + "_record_part_writes_total",
            "Total number of record parts written before flushing.");
  }

  void segment(int number) {
    segment.set(number);
  }

  void written(long fromBytes, long toBytes, int count) {
    recordBytes.add(toBytes - fromBytes);
    records.add(count);
    completedPages.add(toBytes / WalFormat.PAGE_BYTES - fromBytes / WalFormat.PAGE_BYTES);
  }

  void pageFlushed() {
    flushedPages.inc();
  }

  void writeFailed() {
    writeFailures.inc();
  }

  void timeFsync(Runnable fsync) {
    long start = clock.nanoTime();
    fsync.run();
    fsyncSeconds.observe((clock.nanoTime() - start) / 1e9);
  }

  /// Counts a corruption that was found while reading.
  public void corrupted() {
    corruptions.inc();
  }

  /// Counts an attempt to shorten the log.
  public void truncated() {
    truncations.inc();
  }

  /// Counts an attempt that failed.
  public void truncationFailed() {
    truncationFailures.inc();
  }

  /// Counts what a log says of series that it does not name.
  ///
  /// @param log `wal` or `wbl`
  /// @param type kind of record
  public void unknownRefs(String log, String type, long count) {
    metrics
        .counter(
            "prometheus_tsdb_" + log + "_replay_unknown_refs_total",
            "Total number of unknown series references encountered during "
                + log.toUpperCase(Locale.ROOT)
                + " replay.",
            "type",
            type)
        .add(count);
  }
}
