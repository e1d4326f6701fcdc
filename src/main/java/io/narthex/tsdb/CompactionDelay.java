package io.narthex.tsdb;

import io.narthex.clock.Clock;
import java.util.random.RandomGenerator;

/// Lets the head wait a random while before it becomes a block, so that many servers that started
/// together do not all compact at once. Used under the lock of the maintenance.
final class CompactionDelay {

  private final Clock clock;
  private final RandomGenerator random;
  private final long mostMs;
  private boolean waiting;
  private long untilMs;

  /// @param mostMs longest wait, 0 for none
  CompactionDelay(Clock clock, RandomGenerator random, long mostMs) {
    this.clock = clock;
    this.random = random;
    this.mostMs = mostMs;
  }

  /// Whether the head, which is ready, has waited long enough.
  boolean isOver() {
    if (mostMs == 0) {
      return true;
    }
    if (!waiting) {
      waiting = true;
      untilMs = clock.nowMs() + random.nextLong(mostMs);
    }
    return clock.nowMs() >= untilMs;
  }

  /// The head is not ready any more: the next time begins a new wait.
  void reset() {
    waiting = false;
  }
}
