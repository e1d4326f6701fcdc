package io.narthex.promql.exec;

import java.util.ArrayList;
import java.util.List;

/// Keeps all series that have a value, in the producer's order.
final class Collector implements Sinks {

  private final EvalContext context;
  private List<List<StepSeries>> parts = List.of();

  Collector(EvalContext context) {
    this.context = context;
  }

  @Override
  public void begin(int count) {
    parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parts.add(new ArrayList<>());
    }
  }

  @Override
  public Sink part(int index) {
    List<StepSeries> list = parts.get(index);
    return series -> {
      int points = series.points();
      if (points > 0) {
        context.hold(points);
        list.add(series);
      }
    };
  }

  List<StepSeries> all() {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    List<StepSeries> all = new ArrayList<>();
    parts.forEach(all::addAll);
    return all;
  }
}
