package io.narthex.promql;

import io.narthex.promql.QueryParams.Detail;
import io.narthex.promql.exec.PlanCosts;
import io.narthex.promql.exec.ResultBuilder;
import io.narthex.promql.exec.series.EvalException;
import io.narthex.promql.exec.series.Limits;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.SampleTally;
import io.narthex.promql.exec.series.Steps;
import io.narthex.promql.exec.series.Workers;
import io.narthex.promql.plan.PlannedQuery;
import io.narthex.promql.value.Value;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import java.util.List;

/// One query from plan to answer.
///
/// @param stepMs 0 for an instant query
record QueryRun(
    PlannedQuery planned,
    long startMs,
    long endMs,
    long stepMs,
    QueryScope.Manner manner,
    Limits limits,
    Workers workers,
    Detail detail) {

  /// What came of it.
  record Answer(Value value, List<String> warnings, List<String> infos, SampleTally tally) {}

  /// How often a query that waits for storage looks whether it is still wanted.
  private static final long LOOK_MS = 50;

  Answer run(Queryable storage, String query, PlanCosts costs) {
    awaitOpen(storage);
    try (Querier querier = storage.querier(planned.minMs(), planned.maxMs())) {
      QueryScope scope = new QueryScope(querier, manner, limits, workers);
      boolean instant = stepMs == 0;
      Steps steps = Steps.between(startMs, endMs, instant ? 1 : stepMs);
      SampleTally tally = new SampleTally(detail == Detail.TOTALS ? 0 : steps.count());
      limits.require(steps.count());
      ResultBuilder results = new ResultBuilder(scope, steps, costs, tally);
      Value value = instant ? results.instant(planned.plan()) : results.range(planned.plan());
      NoteText notes = new NoteText(query);
      return new Answer(
          value, notes.warnings(scope.annotations()), notes.infos(scope.annotations()), tally);
    }
  }

  private void awaitOpen(Queryable storage) {
    try {
      while (!storage.await(planned.minMs(), planned.maxMs(), LOOK_MS)) {
        limits.check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EvalException(
          EvalException.Reason.CANCELED, "query was canceled in expression evaluation");
    }
  }
}
