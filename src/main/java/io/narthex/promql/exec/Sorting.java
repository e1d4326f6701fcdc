package io.narthex.promql.exec;

import io.narthex.promql.ast.Expr.Call;
import java.util.Comparator;
import java.util.List;

/// `sort` and its kin. They order instant answers only; a range answer is ordered by labels
/// whatever is asked.
final class Sorting {

  private Sorting() {}

  static void sort(Evaluator evaluator, Call call, StepGrid grid, Sinks sinks) {
    List<StepSeries> all = evaluator.vector(call.args().getFirst(), grid);
    String name = call.function().name();
    if (evaluator.context.grid.count() > 1) {
      evaluator.context.notes.warn(
          "sort is ineffective for range queries since results are always ordered by labels",
          call.pos());
    } else {
      boolean byLabel = name.startsWith("sort_by_label");
      boolean down = name.endsWith("_desc");
      if (!byLabel) {
        all.removeIf(s -> !s.hasFloat(0));
      }
      all.sort(byLabel ? byLabels(call, down) : byValue(down));
    }
    sinks.begin(1);
    Sinks.Sink sink = sinks.part(0);
    all.forEach(sink::accept);
  }

  private static Comparator<StepSeries> byValue(boolean down) {
    return (a, b) -> {
      double x = a.values[0];
      double y = b.values[0];
      if (Double.isNaN(x) || Double.isNaN(y)) {
        return Boolean.compare(Double.isNaN(x), Double.isNaN(y));
      }
      return down ? Double.compare(y, x) : Double.compare(x, y);
    };
  }

  private static Comparator<StepSeries> byLabels(Call call, boolean down) {
    List<String> names =
        call.args().subList(1, call.args().size()).stream().map(Evaluator::text).toList();
    Comparator<StepSeries> order =
        (a, b) -> {
          for (String name : names) {
            int c = Natural.compare(a.labels.get(name), b.labels.get(name));
            if (c != 0) {
              return c;
            }
          }
          return a.labels.compareTo(b.labels);
        };
    return down ? order.reversed() : order;
  }
}
