package io.narthex.metrics;

import io.narthex.metrics.Metrics.MetricSink;
import io.narthex.metrics.Metrics.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keeps what a collector hands out, so that its families can be put in order among others. For one
/// thread.
final class MetricRecorder implements MetricSink {

  private final Map<String, Recorded> families = new LinkedHashMap<>();
  private Recorded last = new Recorded("", "", Type.UNTYPED, new ArrayList<>());

  @Override
  public void family(String name, String help, Type type) {
    last = families.computeIfAbsent(name, n -> new Recorded(n, help, type, new ArrayList<>()));
  }

  @Override
  public void sample(String name, List<String> labels, double value) {
    last.samples.add(new Sample(name, labels, value));
  }

  Collection<Recorded> families() {
    return families.values();
  }

  /// A family with its samples in the order in which they came.
  record Recorded(String name, String help, Type type, List<Sample> samples) {

    void replay(MetricSink sink) {
      sink.family(name, help, type);
      samples.forEach(s -> sink.sample(s.name, s.labels, s.value));
    }
  }

  record Sample(String name, List<String> labels, double value) {}
}
