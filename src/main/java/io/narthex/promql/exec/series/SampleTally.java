package io.narthex.promql.exec.series;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Counts the samples that steps look at, a sample once for each window that it lies in. Safe for
/// several lanes.
public final class SampleTally {

  private final LongAdder total;
  private final @Nullable SampleTally outer;
  private final @Nullable AtomicLongArray perStep;

  /// @param steps how many steps are counted apart; 0 for the total only
  public SampleTally(int steps) {
    total = new LongAdder();
    outer = null;
    perStep = steps == 0 ? null : new AtomicLongArray(steps);
  }

  private SampleTally(SampleTally outer) {
    total = new LongAdder();
    perStep = null;
    this.outer = outer;
  }

  /// A tally of other steps, which all count for the first one of these.
  public SampleTally ofFirstStep() {
    return new SampleTally(this);
  }

  /// Whether steps are counted apart.
  public boolean stepwise() {
    return perStep != null;
  }

  /// Counts samples of any steps; only if they are not counted apart.
  public void add(long samples) {
    add(0, samples);
  }

  /// Counts samples of step `i`.
  public void add(int i, long samples) {
    total.add(samples);
    if (perStep != null) {
      perStep.addAndGet(i, samples);
    } else if (outer != null) {
      outer.add(0, samples);
    }
  }

  public long total() {
    return total.sum();
  }

  /// The counts of the steps; empty if they are not counted apart.
  public long[] steps() {
    long[] steps = new long[perStep == null ? 0 : perStep.length()];
    for (int i = 0; perStep != null && i < steps.length; i++) {
      steps[i] = perStep.get(i);
    }
    return steps;
  }
}
