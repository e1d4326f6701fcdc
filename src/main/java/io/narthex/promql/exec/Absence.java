package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Expr.Call;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `absent` and `absent_over_time`: one series where there is none, with the labels that the
/// selector demands.
final class Absence {

  private Absence() {}

  static void absent(Evaluator evaluator, Expr argument, StepGrid grid, Sinks sinks) {
    boolean[] there = new boolean[grid.count()];
    evaluator.vector(argument, grid, marking(there));
    finish(argument, there, sinks);
  }

  static void absentOverTime(
      Evaluator evaluator,
      Call call,
      Expr argument,
      RangeFunctions ranges,
      StepGrid grid,
      Sinks sinks) {
    boolean[] there = new boolean[grid.count()];
    evaluator.range(argument, grid, ranges.kernel(call, new double[1][]), s -> s, marking(there));
    finish(argument, there, sinks);
  }

  private static Sinks marking(boolean[] there) {
    return new Sinks() {
      @Override
      public Sink part(int index) {
        return series -> {
          synchronized (there) {
            for (int i = 0; i < there.length; i++) {
              there[i] |= series.has(i);
            }
          }
        };
      }
    };
  }

  private static void finish(Expr argument, boolean[] there, Sinks sinks) {
    StepSeries out = StepSeries.empty(labels(argument), there.length);
    for (int i = 0; i < there.length; i++) {
      if (!there[i]) {
        out.values[i] = 1;
      }
    }
    sinks.begin(1);
    Sinks.Sink sink = sinks.part(0);
    if (!out.isEmpty()) {
      sink.accept(out);
    }
  }

  /// Labels of equality matchers, but of none that is named twice.
  private static Labels labels(Expr argument) {
    List<Matcher> matchers =
        switch (argument) {
          case Expr.VectorSelector selector -> selector.matchers();
          case Expr.MatrixSelector matrix -> matrix.selector().matchers();
          default -> List.of();
        };
    LabelsBuilder builder = new LabelsBuilder();
    Set<String> seen = new HashSet<>();
    for (Matcher matcher : matchers) {
      if (matcher.name().equals(Labels.NAME)) {
        continue;
      }
      if (matcher.type() == MatchType.EQUAL && seen.add(matcher.name())) {
        builder.set(matcher.name(), matcher.value());
      } else {
        seen.add(matcher.name());
        builder.remove(matcher.name());
      }
    }
    return builder.build();
  }
}
