package io.narthex.scrape;

import io.narthex.clock.Durations;
import io.narthex.metrics.Counter;
import io.narthex.metrics.Gauge;
import io.narthex.metrics.Histogram;
import io.narthex.metrics.Metrics;
import io.narthex.metrics.Summary;

/// What scraping counts of itself, under Prometheus' names.
final class ScrapeMetrics {

  private static final double[] QUANTILES = {0.01, 0.05, 0.5, 0.9, 0.99};
  private static final double[] SECONDS = {0.01, 0.1, 1, 10};
  private static final String JOB = "scrape_job";
  private static final String INTERVAL = "interval";

  private final Metrics metrics;
  final Counter pools;
  final Counter poolsFailed;
  final Counter reloads;
  final Counter reloadsFailed;
  final Counter exceededTargetLimit;
  final Counter exceededBodySizeLimit;
  final Counter exceededSampleLimit;
  final Counter exceededLabelLimits;
  final Counter exceededBucketLimit;
  final Counter cacheFlushForced;
  final Counter duplicates;
  final Counter outOfOrder;
  final Counter outOfBounds;
  final Counter exemplarsOutOfOrder;

  ScrapeMetrics(Metrics metrics) {
    this.metrics = metrics;
    pools = counter("scrape_pools_total", "Total number of scrape pool creation attempts.");
    poolsFailed =
        counter("scrape_pools_failed_total", "Total number of scrape pool creations that failed.");
    reloads = counter("scrape_pool_reloads_total", "Total number of scrape pool reloads.");
    reloadsFailed =
        counter("scrape_pool_reloads_failed_total", "Total number of failed scrape pool reloads.");
    exceededTargetLimit =
        counter(
            "scrape_pool_exceeded_target_limit_total",
            "Total number of times scrape pools hit the target limit, during sync or config"
                + " reload.");
    exceededBodySizeLimit =
        counter(
            "scrapes_exceeded_body_size_limit_total",
            "Total number of scrapes that hit the body size limit");
    exceededSampleLimit =
        counter(
            "scrapes_exceeded_sample_limit_total",
            "Total number of scrapes that hit the sample limit and were rejected.");
    exceededLabelLimits =
        counter(
            "scrape_pool_exceeded_label_limits_total",
            "Total number of times scrape pools hit the label limits, during sync or config"
                + " reload.");
    exceededBucketLimit =
        counter(
            "scrapes_exceeded_native_histogram_bucket_limit_total",
            "Total number of scrapes that hit the native histogram bucket limit and were"
                + " rejected.");
    cacheFlushForced =
        counter(
            "scrapes_cache_flush_forced_total",
            "How many times a scrape cache was flushed due to getting big while scrapes are"
                + " failing.");
    duplicates =
        counter(
            "scrapes_sample_duplicate_timestamp_total",
            "Total number of samples rejected due to duplicate timestamps but different values.");
    outOfOrder =
        counter(
            "scrapes_sample_out_of_order_total",
            "Total number of samples rejected due to not being out of the expected order.");
    outOfBounds =
        counter(
            "scrapes_sample_out_of_bounds_total",
            "Total number of samples rejected due to timestamp falling outside of the time"
                + " bounds.");
    exemplarsOutOfOrder =
        counter(
            "scrapes_exemplar_out_of_order_total",
            "Total number of exemplar rejected due to not being out of the expected order.");
  }

  private Counter counter(String name, String help) {
    return metrics.counter("prometheus_target_" + name, help);
  }

  Summary intervalLength(long intervalMs) {
    return metrics.summary(
        "prometheus_target_interval_length_seconds",
        "Actual intervals between scrapes.",
        QUANTILES,
        INTERVAL,
        Durations.format(intervalMs));
  }

  Histogram intervalHistogram(long intervalMs) {
    return metrics.histogram(
        "prometheus_target_interval_length_histogram_seconds",
        "Actual intervals between scrapes.",
        SECONDS,
        INTERVAL,
        Durations.format(intervalMs));
  }

  Summary reloadLength(long intervalMs) {
    return metrics.summary(
        "prometheus_target_reload_length_seconds",
        "Actual interval to reload the scrape pool with a given configuration.",
        QUANTILES,
        INTERVAL,
        Durations.format(intervalMs));
  }

  /// The metrics of one pool.
  PoolMetrics pool(String job) {
    return new PoolMetrics(job);
  }

  /// What one pool counts; removed with it.
  final class PoolMetrics {

    private final String job;
    final Summary syncLength;
    final Histogram syncHistogram;
    final Counter syncs;
    final Counter syncFailed;
    final Gauge targets;
    final Gauge targetLimit;

    PoolMetrics(String job) {
      this.job = job;
      syncLength =
          metrics.summary(
              "prometheus_target_sync_length_seconds",
              "Actual interval to sync the scrape pool.",
              QUANTILES,
              JOB,
              job);
      syncHistogram =
          metrics.histogram(
              "prometheus_target_sync_length_histogram_seconds",
              "Actual interval to sync the scrape pool.",
              SECONDS,
              JOB,
              job);
      syncs =
          metrics.counter(
              "prometheus_target_scrape_pool_sync_total",
              "Total number of syncs that were executed on a scrape pool.",
              JOB,
              job);
      syncFailed =
          metrics.counter(
              "prometheus_target_sync_failed_total",
              "Total number of target sync failures.",
              JOB,
              job);
      targets =
          metrics.gauge(
              "prometheus_target_scrape_pool_targets",
              "Current number of targets in this scrape pool.",
              JOB,
              job);
      targetLimit =
          metrics.gauge(
              "prometheus_target_scrape_pool_target_limit",
              "Maximum number of targets allowed in this scrape pool.",
              JOB,
              job);
    }

    void remove() {
      for (String name :
          new String[] {
            "prometheus_target_sync_length_seconds",
            "prometheus_target_sync_length_histogram_seconds",
            "prometheus_target_scrape_pool_sync_total",
            "prometheus_target_sync_failed_total",
            "prometheus_target_scrape_pool_targets",
            "prometheus_target_scrape_pool_target_limit",
            "prometheus_target_metadata_cache_entries",
            "prometheus_target_metadata_cache_bytes"
          }) {
        metrics.remove(name, JOB, job);
      }
    }

    /// Metadata are counted when somebody asks.
    void metadata(
        java.util.function.DoubleSupplier entries, java.util.function.DoubleSupplier bytes) {
      metrics.gaugeFunction(
          "prometheus_target_metadata_cache_entries",
          "Total number of metric metadata entries in the cache",
          entries,
          JOB,
          job);
      metrics.gaugeFunction(
          "prometheus_target_metadata_cache_bytes",
          "The number of bytes that are currently used for storing metric metadata in the cache",
          bytes,
          JOB,
          job);
    }
  }
}
