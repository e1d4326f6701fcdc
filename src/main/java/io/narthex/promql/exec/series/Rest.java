package io.narthex.promql.exec.series;

/// Evaluates series whose values nobody wants, for what evaluating them says: notes and errors do
/// not depend on what the operator above makes of the series.
public final class Rest {

  private Rest() {}

  /// Evaluates the series of `set` that are not `used`.
  public static void evaluate(QueryScope scope, VectorSet set, boolean[] used, int steps) {
    if (set.quiet() && !scope.manner().exactCounts()) {
      return;
    }
    Sweep.run(
        scope,
        set,
        steps,
        (lane, from, to) -> {
          Column column = lane.borrow(steps);
          for (int i = from; i < to; i++) {
            if (!used[i]) {
              set.evaluate(i, lane, column);
            }
          }
          lane.give(column);
        });
  }

  /// Evaluates all series of `set`.
  public static void evaluate(QueryScope scope, VectorSet set, int steps) {
    evaluate(scope, set, new boolean[set.size()], steps);
  }
}
