package io.narthex.promql.exec.series;

import io.narthex.clock.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/// The bounds of a running query: samples it holds, time it takes, whether somebody still wants the
/// answer. Thread-safe.
public final class Limits {

  private static final String WHERE = "expression evaluation";

  private final Clock clock;
  private final long deadlineNanos;
  private final int maxSamples;
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();
  private final AtomicInteger checks = new AtomicInteger();
  private final LongAdder total = new LongAdder();
  private final BooleanSupplier canceled;

  /// @param deadlineNanos instant of `clock.nanoTime()` after which the query has taken too long
  /// @param maxSamples most samples held at once
  /// @param canceled asked now and then whether nobody wants the answer any more
  public Limits(Clock clock, long deadlineNanos, int maxSamples, BooleanSupplier canceled) {
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

  /// Counts samples that stay in memory.
  public void hold(long samples) {
    long now = held.addAndGet(samples);
    peak.accumulateAndGet(now, Math::max);
    if (now > maxSamples) {
      throw EvalException.failed(
          "query processing would load too many samples into memory in query execution");
    }
  }

  /// Samples that were held are gone.
  public void release(long samples) {
    held.addAndGet(-samples);
  }

  /// Counts samples that steps looked at.
  public void looked(long samples) {
    total.add(samples);
  }

  public long totalSamples() {
    return total.sum();
  }

  public int peakSamples() {
    return (int) Math.min(Integer.MAX_VALUE, peak.get());
  }
}
