package io.narthex.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what happens outside the test's hands.
public final class Await {

  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Await() {}

  /// Returns as soon as `condition` holds; fails if it does not within `seconds`.
  public static void until(String what, int seconds, BooleanSupplier condition) {
    if (!within(seconds, condition)) {
      throw new AssertionError("waited " + seconds + " s in vain for " + what);
    }
  }

  /// Returns as soon as `condition` holds, at the latest after `seconds`; whether it holds.
  public static boolean within(int seconds, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    return true;
  }
}
