package io.narthex.metrics;

import io.narthex.metrics.Metrics.MetricSink;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A value that goes up and down.
public final class Gauge implements Metrics.Child {

  private final AtomicLong bits = new AtomicLong();

  Gauge() {}

  public void set(double value) {
    bits.set(Double.doubleToRawLongBits(value));
  }

  public void add(double delta) {
    bits.updateAndGet(b -> Double.doubleToRawLongBits(Double.longBitsToDouble(b) + delta));
  }

  public double value() {
    return Double.longBitsToDouble(bits.get());
  }

  @Override
  public void write(String name, List<String> labels, MetricSink sink) {
    sink.sample(name, labels, value());
  }
}
