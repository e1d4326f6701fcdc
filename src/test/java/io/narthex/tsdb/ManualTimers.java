package io.narthex.tsdb;

import io.narthex.clock.Clock;
import io.narthex.clock.Timers;
import java.util.ArrayList;
import java.util.List;

/// Timers that never fire: tests do the storage's work themselves. And a clock that stands still.
final class ManualTimers implements Timers, Clock {

  long nowMs = 1_700_000_000_000L;

  /// Delays that were asked for.
  final List<Long> delaysMs = new ArrayList<>();

  @Override
  public Timer after(long delayMs, Runnable task) {
    delaysMs.add(delayMs);
    return () -> {};
  }

  @Override
  public long nowMs() {
    return nowMs++;
  }

  @Override
  public long nanoTime() {
    return nowMs * 1_000_000;
  }
}
