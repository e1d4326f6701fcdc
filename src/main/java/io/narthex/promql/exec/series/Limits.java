package io.narthex.promql.exec.series;

import io.narthex.clock.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// The bounds of a running query: samples it holds, time it takes, whether somebody still wants the
/// answer. Thread-safe.
public final class Limits {

  private static final String WHERE = "expression evaluation";

  private final Clock clock;
  private final long deadlineNanos;
  private final int maxSamples;
  private final AtomicInteger checks = new AtomicInteger();
  private final BooleanSupplier canceled;
  private final Memory memory;

  /// The memory of one query.
  @FunctionalInterface
  public interface Memory {

    /// No bound.
    Memory UNBOUNDED = bytes -> {};

    /// Asks for memory that the query keeps until it is over.
    ///
    /// @throws EvalException if it is too much
    void take(long bytes);
  }

  /// @param deadlineNanos instant of `clock.nanoTime()` after which the query has taken too long
  /// @param maxSamples most samples held at once
  /// @param canceled asked now and then whether nobody wants the answer any more
  /// @param memory asked before anything large is made
  public Limits(
      Clock clock, long deadlineNanos, int maxSamples, BooleanSupplier canceled, Memory memory) {
    this.memory = memory;
    this.clock = clock;
    this.deadlineNanos = deadlineNanos;
    this.maxSamples = maxSamples;
    this.canceled = canceled;
  }

  /// Ends the query if it was cancelled or has taken too long.
  public void check() {
    if (canceled.getAsBoolean()) {
      throw new EvalException(EvalException.Reason.CANCELED, "query was canceled in " + WHERE);
    }
    // The clock costs more than a small series: ask it now and then.
    if ((checks.getAndIncrement() & 15) == 0 && clock.nanoTime() - deadlineNanos > 0) {
      throw new EvalException(EvalException.Reason.TIMED_OUT, "query timed out in " + WHERE);
    }
  }

  /// Ends the query if it holds too many samples.
  ///
  /// @param samples samples held now
  public void require(long samples) {
    if (samples > maxSamples) {
      throw EvalException.failed(
          "query processing would load too many samples into memory in query execution");
    }
  }

  /// Asks for memory, before it is used, that grows with the number of steps or series.
  public void take(long bytes) {
    memory.take(bytes);
  }

  /// The query's clock.
  public long nanoTime() {
    return clock.nanoTime();
  }
}
