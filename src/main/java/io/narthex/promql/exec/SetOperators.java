package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.promql.ast.BinaryOp;
import io.narthex.promql.ast.Matching;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `and`, `or`, `unless`: step by step, by whether the other side has the signature at that step.
final class SetOperators {

  private SetOperators() {}

  static void eval(
      BinaryOp op,
      Matching matching,
      List<StepSeries> left,
      List<StepSeries> right,
      int steps,
      Sinks.Sink sink) {
    Signature signature = new Signature(matching);
    if (op == BinaryOp.OR) {
      Map<Labels, boolean[]> there = presence(left, signature, steps);
      left.forEach(sink::accept);
      right.forEach(s -> keep(s, there.get(signature.of(s)), false, sink));
      return;
    }
    Map<Labels, boolean[]> there = presence(right, signature, steps);
    left.forEach(s -> keep(s, there.get(signature.of(s)), op == BinaryOp.AND, sink));
  }

  private static Map<Labels, boolean[]> presence(
      List<StepSeries> side, Signature signature, int steps) {
    Map<Labels, boolean[]> there = new HashMap<>();
    for (StepSeries series : side) {
      boolean[] at = there.computeIfAbsent(signature.of(series), k -> new boolean[steps]);
      for (int i = 0; i < steps; i++) {
        at[i] |= series.has(i);
      }
    }
    return there;
  }

  /// Keeps the steps at which the other side's presence is as wanted.
  private static void keep(
      StepSeries series,
      boolean @org.jspecify.annotations.Nullable [] there,
      boolean wanted,
      Sinks.Sink sink) {
    for (int i = 0; i < series.values.length; i++) {
      if ((there != null && there[i]) != wanted) {
        series.clear(i);
      }
    }
    if (!series.isEmpty()) {
      sink.accept(series);
    }
  }
}
