package io.narthex.role;

import io.narthex.clock.Timers;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;

/// Timers on Vert.x' event loops: tasks run there and must be short or hand themselves on.
final class VertxTimers implements Timers {

  private final Vertx vertx;

  VertxTimers(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Timer after(long delayMs, Runnable task) {
    AtomicBoolean cancelled = new AtomicBoolean();
    Runnable unlessCancelled =
        () -> {
          if (!cancelled.get()) {
            task.run();
          }
        };
    if (delayMs < 1) {
      vertx.runOnContext(v -> unlessCancelled.run());
      return () -> cancelled.set(true);
    }
    long id = vertx.setTimer(delayMs, i -> unlessCancelled.run());
    return () -> {
      cancelled.set(true);
      vertx.cancelTimer(id);
    };
  }
}
