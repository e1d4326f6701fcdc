package io.narthex.clock;

/// The only source of time below the shell. Tests pass a virtual one.
public interface Clock {

  /// Wall-clock time in milliseconds since the Unix epoch, UTC.
  long nowMs();

  /// Monotonic time in nanoseconds from an arbitrary origin; only differences mean something.
  long nanoTime();

  /// The machine's own clock.
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
