package io.narthex.cli.terminal;

import io.narthex.clock.Clock;

/// Tells on standard error, every few seconds, how far long work has come. Work that is done sooner
/// says nothing.
public final class Progress {

  private static final long EVERY_NANOS = 5_000_000_000L;

  private final Terminal terminal;
  private final Clock clock;
  private long lastNanos;

  public Progress(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
    lastNanos = clock.nanoTime();
  }

  /// The work has done `done` of `all`; cheap enough for once in some milliseconds.
  public void at(String what, long done, long all) {
    long now = clock.nanoTime();
    if (now - lastNanos >= EVERY_NANOS) {
      lastNanos = now;
      long percent = all == 0 ? 100 : done * 100 / all;
      terminal.complain(what + ": " + percent + "%");
    }
  }
}
