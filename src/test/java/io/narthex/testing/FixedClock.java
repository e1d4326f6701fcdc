package io.narthex.testing;

import io.narthex.clock.Clock;

/// A clock that stands still.
///
/// @param nowMs milliseconds since the Unix epoch
public record FixedClock(long nowMs) implements Clock {

  @Override
  public long nanoTime() {
    return nowMs * 1_000_000;
  }
}
