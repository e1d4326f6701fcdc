package io.narthex.metrics;

import io.narthex.metrics.Metrics.MetricSink;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;

/// A value that only rises.
public final class Counter implements Metrics.Child {

  private final DoubleAdder sum = new DoubleAdder();

  Counter() {}

  public void inc() {
    sum.add(1);
  }

  /// Adds `delta`, which is not negative.
  public void add(double delta) {
    sum.add(delta);
  }

  public double value() {
    return sum.sum();
  }

  @Override
  public void write(String name, List<String> labels, MetricSink sink) {
    sink.sample(name, labels, value());
  }
}
