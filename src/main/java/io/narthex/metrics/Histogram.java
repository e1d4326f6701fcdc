package io.narthex.metrics;

import io.narthex.metrics.Metrics.MetricSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/// Observations counted in classic buckets.
public final class Histogram implements Metrics.Child {

  private final double[] bounds;
  private final AtomicLongArray counts;
  private final DoubleAdder sum = new DoubleAdder();

  Histogram(double[] bounds) {
    this.bounds = bounds.clone();
    counts = new AtomicLongArray(bounds.length + 1);
  }

  /// Counts one observation.
  public void observe(double value) {
    int i = 0;
    while (i < bounds.length && value > bounds[i]) {
      i++;
    }
    counts.incrementAndGet(i);
    sum.add(value);
  }

  @Override
  public void write(String name, List<String> labels, MetricSink sink) {
    long total = 0;
    for (int i = 0; i <= bounds.length; i++) {
      total += counts.get(i);
      List<String> own = new ArrayList<>(labels);
      own.add("le");
      own.add(i < bounds.length ? MetricText.number(bounds[i]) : "+Inf");
      sink.sample(name + "_bucket", own, total);
    }
    sink.sample(name + "_sum", labels, sum.sum());
    sink.sample(name + "_count", labels, total);
  }
}
