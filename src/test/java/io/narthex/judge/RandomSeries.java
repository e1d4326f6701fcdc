package io.narthex.judge;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.Appender;
import java.util.Random;

/// Random data for queries: counters with resets, gauges, odd values, gaps, stale markers, classic
/// and native histograms whose layout changes, series that are floats and histograms by turns.
final class RandomSeries {

  private static final double[] BOUNDS = {0.1, 0.25, 0.5, 1, 2.5, 5};
  private static final String[] JOBS = {"api", "db", "app"};

  private final Random random;
  private final Appender appender;
  private final long startMs;
  private final long endMs;
  private final long intervalMs;
  private int samples;

  RandomSeries(Random random, Appender appender, long startMs, long endMs, long intervalMs) {
    this.random = random;
    this.appender = appender;
    this.startMs = startMs;
    this.endMs = endMs;
    this.intervalMs = intervalMs;
  }

  /// Commits all series; returns how many samples.
  int commit() {
    for (String job : JOBS) {
      for (int i = 0; i < 3; i++) {
        counters(job, i);
        gauges(job, i);
        histograms(job, i);
      }
      infos(job);
    }
    for (int i = 0; i < 2; i++) {
      broken(i);
    }
    return samples;
  }

  private interface Source {
    /// Appends the sample of an instant.
    void at(Labels labels, long tMs);
  }

  /// Walks a series along its instants, with some left out and some stale.
  private void series(Labels labels, double gaps, Source source) {
    boolean jitter = random.nextInt(3) == 0;
    boolean gone = false;
    for (long tMs = startMs; tMs <= endMs; tMs += intervalMs) {
      long at = jitter ? tMs + random.nextInt(200) : tMs;
      if (gone) {
        gone = random.nextInt(25) != 0;
      } else if (random.nextDouble() < gaps / 20) {
        gone = true;
        if (random.nextBoolean()) {
          appender.append(0, labels, at, StaleMarker.STALE);
        }
      } else if (random.nextDouble() >= gaps) {
        source.at(labels, at);
        samples++;
      }
    }
    appender.commit();
  }

  private void counters(String job, int instance) {
    for (String code : new String[] {"200", "500", ""}) {
      Labels labels =
          Labels.of(
              "__name__", "requests_total", "job", job, "instance", "" + instance, "code", code);
      counter(labels, 0.02);
    }
    counter(Labels.of("__name__", "latency_seconds_sum", "job", job, "instance", "" + instance), 0);
    if (instance == 0) {
      counter(Labels.of("__name__", "utf8.näme", "job", job), 0.1);
    }
  }

  private void counter(Labels labels, double gaps) {
    double[] value = {random.nextInt(1000)};
    series(
        labels,
        gaps,
        (l, t) -> {
          value[0] = random.nextInt(60) == 0 ? random.nextInt(5) : value[0] + random.nextInt(30);
          appender.append(0, l, t, value[0]);
        });
  }

  private void gauges(String job, int instance) {
    String i = "" + instance;
    double[] value = {20};
    series(
        Labels.of("__name__", "temperature", "job", job, "instance", i),
        0.05,
        (l, t) -> appender.append(0, l, t, value[0] += random.nextGaussian()));
    double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1e300, 3};
    series(
        Labels.of("__name__", "odd_values", "job", job, "instance", i),
        0.05,
        (l, t) -> appender.append(0, l, t, odd[random.nextInt(odd.length)]));
    series(
        Labels.of("__name__", "sparse", "job", job, "instance", i),
        0.9,
        (l, t) -> appender.append(0, l, t, random.nextInt(10)));
    long[] since = {startMs + random.nextInt((int) (endMs - startMs))};
    series(
        Labels.of("__name__", "late", "job", job, "instance", i),
        0,
        (l, t) -> {
          if (t > since[0]) {
            appender.append(0, l, t, (t - since[0]) / 1000.0);
          }
        });
  }

  private void infos(String job) {
    for (int i = 0; i < 3; i++) {
      String version = "v" + i % 2;
      series(
          Labels.of("__name__", "build_info", "job", job, "instance", "" + i, "version", version),
          0.01,
          (l, t) -> appender.append(0, l, t, 1));
      series(
          Labels.of("__name__", "target_info", "job", job, "instance", "" + i, "version", version),
          0.01,
          (l, t) -> appender.append(0, l, t, 1));
    }
  }

  private void broken(int instance) {
    for (double bound : BOUNDS) {
      series(
          Labels.of("__name__", "broken_bucket", "instance", "" + instance, "le", "" + bound),
          0.02,
          (l, t) -> appender.append(0, l, t, random.nextInt(20)));
    }
    String top = instance == 0 ? "+Inf" : "bad";
    series(
        Labels.of("__name__", "broken_bucket", "instance", "" + instance, "le", top),
        0,
        (l, t) -> appender.append(0, l, t, 20));
  }

  private void histograms(String job, int instance) {
    String i = "" + instance;
    classic(job, i);
    RandomHistograms counts = new RandomHistograms(random, instance == 2, ResetHint.UNKNOWN);
    series(
        Labels.of("__name__", "latency_native", "job", job, "instance", i),
        0.04,
        (l, t) -> appender.append(0, l, t, counts.next()));
    RandomHistograms gauge = new RandomHistograms(random, true, ResetHint.GAUGE);
    series(
        Labels.of("__name__", "latency_native_gauge", "job", job, "instance", i),
        0.04,
        (l, t) -> appender.append(0, l, t, gauge.next()));
    RandomHistograms custom = new RandomHistograms(random, false, ResetHint.UNKNOWN);
    series(
        Labels.of("__name__", "latency_nhcb", "job", job, "instance", i),
        0.04,
        (l, t) -> appender.append(0, l, t, custom.nextCustom()));
    RandomHistograms mixed = new RandomHistograms(random, false, ResetHint.UNKNOWN);
    series(
        Labels.of("__name__", "mixed", "job", job, "instance", i),
        0.04,
        (l, t) -> mixed(mixed, l, t));
  }

  private void mixed(RandomHistograms histograms, Labels labels, long tMs) {
    long phase = tMs / (intervalMs * 7) % 4;
    FloatHistogram histogram =
        phase == 0 ? null : phase == 1 ? histograms.nextCustom() : histograms.next();
    if (histogram == null) {
      appender.append(0, labels, tMs, random.nextInt(50));
    } else {
      appender.append(0, labels, tMs, histogram);
    }
  }

  private void classic(String job, String instance) {
    double[] counts = new double[BOUNDS.length + 1];
    Labels[] labels = new Labels[BOUNDS.length + 1];
    for (int b = 0; b < labels.length; b++) {
      String le = b < BOUNDS.length ? "" + BOUNDS[b] : "+Inf";
      labels[b] =
          Labels.of(
              "__name__", "latency_seconds_bucket", "job", job, "instance", instance, "le", le);
    }
    Labels both = Labels.of("__name__", "both", "job", job, "instance", instance);
    RandomHistograms natives = new RandomHistograms(random, false, ResetHint.UNKNOWN);
    series(
        Labels.of("__name__", "latency_seconds_count", "job", job, "instance", instance),
        0.01,
        (l, t) -> {
          for (int b = random.nextInt(counts.length); b < counts.length; b++) {
            counts[b] += 1 + random.nextInt(3);
          }
          for (int b = 1; b < counts.length; b++) {
            counts[b] = Math.max(counts[b], counts[b - 1]);
          }
          for (int b = 0; b < counts.length; b++) {
            appender.append(0, labels[b], t, counts[b]);
          }
          appender.append(0, l, t, counts[counts.length - 1]);
          appender.append(0, both, t, natives.next());
          appender.append(
              0,
              Labels.of("__name__", "both", "job", job, "instance", instance, "le", "+Inf"),
              t,
              counts[0]);
        });
  }
}
