package io.narthex.tsdb.head;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.storage.Appender;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordEncoder.ExemplarSample;
import io.narthex.tsdb.wal.WalBatch;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalOptions;
import io.narthex.tsdb.wal.WalWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the head counts.
class HeadCountersTest {

  private static final long START_MS = 1_700_006_400_000L;

  private static final FloatHistogram HISTOGRAM =
      new FloatHistogram(
          ResetHint.UNKNOWN,
          1,
          0.001,
          1,
          6,
          5,
          new int[] {0, 2},
          new double[] {2, 3},
          new int[0],
          new double[0],
          new double[0]);

  @TempDir Path directory;

  private final Metrics metrics = new Metrics();

  private Head open() {
    Head head =
        Head.open(
            Disk.system(),
            directory,
            HeadOptions.defaults(),
            Long.MIN_VALUE,
            Clock.system(),
            metrics,
            Runnable::run,
            new ReplayProgress());
    head.limits(600_000, 0);
    return head;
  }

  /// Values by the label `type`.
  private Map<String, Double> counters(String wanted) {
    Map<String, Double> found = new TreeMap<>();
    metrics.collect(
        new Metrics.MetricSink() {
          @Override
          public void family(String family, String help, Metrics.Type type) {}

          @Override
          public void sample(String name, List<String> labels, double value) {
            if (name.equals(wanted)) {
              found.put(labels.get(labels.indexOf("type") + 1), value);
            }
          }
        });
    return found;
  }

  @Test
  void samplesThatAreTakenOutOfOrder() {
    Labels labels = Labels.of("__name__", "m");
    try (Head head = open()) {
      Appender appender = head.appender();
      appender.append(0, labels, START_MS, 1);
      appender.commit();
      appender.append(0, labels, START_MS - 2_000, 1);
      appender.append(0, labels, START_MS - 1_000, 2);
      appender.append(0, labels, START_MS - 700_000, 2);
      assertEquals(2, appender.commit().accepted());
    }
    assertEquals(
        Map.of("float", 2.0, "histogram", 0.0),
        counters("prometheus_tsdb_head_out_of_order_samples_appended_total"));
    assertEquals(3.0, counters("prometheus_tsdb_head_samples_appended_total").get("float"));
  }

  @Test
  void samplesThatAreRefusedByKind() {
    try (Head head = open()) {
      Appender appender = head.appender();
      appender.append(0, Labels.of("__name__", "f"), START_MS, 1);
      appender.append(0, Labels.of("__name__", "h"), START_MS, HISTOGRAM);
      appender.commit();
      appender.append(0, Labels.of("__name__", "f"), START_MS - 700_000, 1);
      appender.append(0, Labels.of("__name__", "h"), START_MS - 700_000, HISTOGRAM);
      appender.append(0, Labels.of("__name__", "h"), START_MS - 7_000_000, HISTOGRAM);
      assertEquals(0, appender.commit().accepted());
    }
    assertEquals(
        Map.of("float", 1.0, "histogram", 2.0), counters("prometheus_tsdb_too_old_samples_total"));
    assertEquals(
        Map.of("float", 1.0, "histogram", 1.0),
        counters("prometheus_tsdb_head_samples_appended_total"));
  }

  /// The value of a metric with the labels, which are name, value, name, value ...
  private double value(String wanted, String... wantedLabels) {
    double[] found = {Double.NaN};
    metrics.collect(
        new Metrics.MetricSink() {
          @Override
          public void family(String family, String help, Metrics.Type type) {}

          @Override
          public void sample(String name, List<String> labels, double value) {
            if (name.equals(wanted) && labels.equals(List.of(wantedLabels))) {
              found[0] = value;
            }
          }
        });
    return found[0];
  }

  @Test
  void howLateSamplesAre() {
    Labels labels = Labels.of("__name__", "m");
    try (Head head = open()) {
      Appender appender = head.appender();
      appender.append(0, labels, START_MS, 1);
      appender.append(0, labels, START_MS, 2);
      appender.commit();
      appender.append(0, labels, START_MS - 2_000, 1);
      appender.append(0, labels, START_MS - 700_000, 1);
      appender.commit();
      head.limits(0, 0);
      appender.append(0, labels, START_MS - 10_000, 1);
      appender.append(0, labels, START_MS - 50_000_000, 1);
      assertEquals(0, appender.commit().accepted());
    }
    String delta = "prometheus_tsdb_sample_ooo_delta";
    assertEquals(3, value(delta + "_count"));
    assertEquals(712, value(delta + "_sum"));
    assertEquals(2, value(delta + "_bucket", "le", "600"));
    assertEquals(3, value(delta + "_bucket", "le", "1800"));
    assertEquals(3, value("prometheus_tsdb_head_appenders_created_total"));
    assertEquals(0, value("prometheus_tsdb_snapshot_replay_error_total"));
  }

  @Test
  void seriesThatEndWithAHistogram() {
    String prefix = "prometheus_tsdb_head_native_histogram_";
    try (Head head = open()) {
      Appender appender = head.appender();
      appender.append(0, Labels.of("__name__", "f"), START_MS, 1);
      appender.append(0, Labels.of("__name__", "h"), START_MS, HISTOGRAM);
      appender.append(0, Labels.of("__name__", "g"), START_MS, HISTOGRAM);
      appender.commit();
      assertEquals(2, value(prefix + "series"));
      assertEquals(4, value(prefix + "buckets"));
      appender.append(0, Labels.of("__name__", "g"), START_MS + 1, 1);
      appender.commit();
      assertEquals(1, value(prefix + "series"));
      assertEquals(2, value(prefix + "buckets"));
    }
  }

  @Test
  void recordsOfSeriesThatTheLogDoesNotName() {
    log("wal", true);
    log("wbl", false);
    open().close();
    assertEquals(
        Map.of("samples", 2.0, "exemplars", 1.0),
        counters("prometheus_tsdb_wal_replay_unknown_refs_total"));
    assertEquals(Map.of("samples", 2.0), counters("prometheus_tsdb_wbl_replay_unknown_refs_total"));
  }

  private void log(String folder, boolean withExemplar) {
    WalMetrics unseen = new WalMetrics(new Metrics(), Clock.system(), "unseen");
    WalBatch batch = new WalBatch(WalOptions.Compression.NONE);
    RecordEncoder.samples(
        batch, new long[] {7, 8}, new long[] {START_MS, START_MS}, new double[] {1, 2}, 2);
    if (withExemplar) {
      RecordEncoder.exemplars(batch, List.of(new ExemplarSample(7, START_MS, 1, Labels.EMPTY)));
    }
    try (WalWriter writer =
        WalWriter.open(
            Disk.system(),
            directory.resolve(folder),
            WalOptions.defaults(),
            unseen,
            Runnable::run)) {
      writer.log(batch);
    }
  }
}
