package io.narthex.clock;

/// The machine's clock; stateless.
enum SystemClock implements Clock {
  INSTANCE;

  @Override
  public long nowMs() {
    return System.currentTimeMillis();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
