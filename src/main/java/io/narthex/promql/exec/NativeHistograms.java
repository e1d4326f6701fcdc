package io.narthex.promql.exec;

import io.narthex.promql.ast.Expr.Call;
import java.util.List;

/// Functions over native histograms: floats are passed over.
final class NativeHistograms {

  private NativeHistograms() {}

  static void eval(Evaluator evaluator, Call call, StepGrid grid, Sinks sinks) {
    List<StepSeries> all = evaluator.vector(call.args().getFirst(), grid);
    if (all.stream().anyMatch(s -> s.histograms != null)) {
      throw EvalContext.notImplemented(call.function().name());
    }
    sinks.begin(1);
    sinks.part(0);
  }
}
