package io.narthex.promql.exec;

import io.narthex.clock.Clock;
import io.narthex.promql.QueryException;
import io.narthex.promql.QueryException.Kind;
import io.narthex.promql.ast.Features;
import io.narthex.storage.Queryable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/// What all operators of one query share. Thread-safe.
public final class EvalContext {

  final Queryable storage;
  final StepGrid grid;
  final long lookbackMs;
  final long defaultSubqueryStepMs;
  final Features features;
  final Notes notes;
  final ExecutorService workers;
  final int parallelism;

  private final Clock clock;
  private final long deadlineNanos;
  private final int maxSamples;
  private final Cancellation cancellation;
  private final AtomicLong heldSamples = new AtomicLong();
  private final AtomicLong readSamples = new AtomicLong();
  private final long timeoutMs;

  /// Says whether somebody wants the query to end.
  public interface Cancellation {
    boolean cancelled();
  }

  /// Limits of one query.
  public record Limits(int maxSamples, long timeoutMs, Cancellation cancellation) {}

  public EvalContext(
      Queryable storage,
      StepGrid grid,
      long lookbackMs,
      long defaultSubqueryStepMs,
      Features features,
      Notes notes,
      Limits limits,
      Clock clock,
      ExecutorService workers,
      int parallelism) {
    this.storage = storage;
    this.grid = grid;
    this.lookbackMs = lookbackMs;
    this.defaultSubqueryStepMs = defaultSubqueryStepMs;
    this.features = features;
    this.notes = notes;
    this.workers = workers;
    this.parallelism = parallelism;
    this.clock = clock;
    this.timeoutMs = limits.timeoutMs();
    this.deadlineNanos = clock.nanoTime() + limits.timeoutMs() * 1_000_000;
    this.maxSamples = limits.maxSamples();
    this.cancellation = limits.cancellation();
  }

  /// Called once a series: ends the query if it ran too long or is no longer wanted.
  void checkpoint() {
    if (cancellation.cancelled()) {
      throw new QueryException(Kind.CANCELED, "query was canceled in expression evaluation");
    }
    if (clock.nanoTime() - deadlineNanos > 0) {
      throw new QueryException(Kind.TIMEOUT, "query timed out in expression evaluation");
    }
  }

  long timeoutMs() {
    return timeoutMs;
  }

  /// Counts samples that stay in memory until the query ends.
  void hold(int samples) {
    if (heldSamples.addAndGet(samples) > maxSamples) {
      throw tooMany();
    }
  }

  /// Checks samples that are in memory for the moment.
  void holdBriefly(int samples) {
    if (heldSamples.get() + samples > maxSamples) {
      throw tooMany();
    }
  }

  private static QueryException tooMany() {
    return new QueryException(
        Kind.EXECUTION,
        "query processing would load too many samples into memory in query execution");
  }

  void read(long samples) {
    readSamples.addAndGet(samples);
  }

  /// Samples that were looked at, step by step.
  public long readSamples() {
    return readSamples.get();
  }

  /// Samples that were held at the end.
  public long heldSamples() {
    return heldSamples.get();
  }

  static QueryException error(String message) {
    return new QueryException(Kind.EXECUTION, message);
  }

  static QueryException notImplemented(String what) {
    return error("not implemented: " + what);
  }
}
