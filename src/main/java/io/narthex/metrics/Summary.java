package io.narthex.metrics;

import io.narthex.metrics.Metrics.MetricSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Observations with quantiles over a bounded number of the newest ones.
public final class Summary implements Metrics.Child {

  /// Newest observations that quantiles are taken from.
  private static final int KEPT = 1024;

  private final double[] quantiles;
  private final double[] ring = new double[KEPT];
  private long count;
  private double sum;

  Summary(double[] quantiles) {
    this.quantiles = quantiles.clone();
  }

  /// Counts one observation.
  public synchronized void observe(double value) {
    ring[(int) (count % KEPT)] = value;
    count++;
    sum += value;
  }

  @Override
  public synchronized void write(String name, List<String> labels, MetricSink sink) {
    double[] sorted = Arrays.copyOf(ring, (int) Math.min(count, KEPT));
    Arrays.sort(sorted);
    for (double q : quantiles) {
      List<String> own = new ArrayList<>(labels);
      own.add("quantile");
      own.add(MetricText.number(q));
      int rank = (int) Math.min(sorted.length - 1, Math.floor(q * sorted.length));
      sink.sample(name, own, sorted.length == 0 ? Double.NaN : sorted[rank]);
    }
    sink.sample(name + "_sum", labels, sum);
    sink.sample(name + "_count", labels, count);
  }
}
