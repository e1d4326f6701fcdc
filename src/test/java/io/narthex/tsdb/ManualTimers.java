package io.narthex.tsdb;

import io.narthex.clock.Clock;
import io.narthex.clock.Timers;

/// Timers that never fire: tests do the storage's work themselves. And a clock that stands still.
final class ManualTimers implements Timers, Clock {

  long nowMs = 1_700_000_000_000L;

  @Override
  public Timer after(long delayMs, Runnable task) {
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
