package io.narthex.promql;

import io.narthex.clock.Clock;
import io.narthex.promql.exec.series.SampleTally;
import io.narthex.promql.value.QueryStats;
import java.util.concurrent.TimeUnit;

/// When the parts of one query began and ended. A query that fails leaves later parts out.
final class QueryTimes {

  private final Clock clock;
  private final long startNanos;
  private long enteredNanos;
  private long plannedNanos;
  private long doneNanos;

  QueryTimes(Clock clock) {
    this.clock = clock;
    startNanos = clock.nanoTime();
    enteredNanos = startNanos;
    plannedNanos = startNanos;
    doneNanos = startNanos;
  }

  /// The query has its turn.
  void entered() {
    enteredNanos = clock.nanoTime();
    plannedNanos = enteredNanos;
    doneNanos = enteredNanos;
  }

  void planned() {
    plannedNanos = clock.nanoTime();
    doneNanos = plannedNanos;
  }

  void done() {
    doneNanos = clock.nanoTime();
  }

  long deadlineNanos(long timeoutMs) {
    return startNanos + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
  }

  boolean isOver(long timeoutMs) {
    return clock.nanoTime() - deadlineNanos(timeoutMs) >= 0;
  }

  long queuedNanos() {
    return enteredNanos - startNanos;
  }

  long preparedNanos() {
    return plannedNanos - enteredNanos;
  }

  long evaluatedNanos() {
    return doneNanos - plannedNanos;
  }

  /// Of a query that failed.
  QueryStats stats() {
    doneNanos = clock.nanoTime();
    return stats(new SampleTally(0), 0, 0, 1);
  }

  QueryStats stats(SampleTally tally, long peakSamples, long firstStepMs, long stepMs) {
    return new QueryStats(
        tally.total(),
        tally.steps(),
        firstStepMs,
        stepMs,
        (int) Math.min(Integer.MAX_VALUE, peakSamples),
        doneNanos - enteredNanos,
        0,
        preparedNanos(),
        evaluatedNanos(),
        queuedNanos(),
        doneNanos - startNanos);
  }
}
