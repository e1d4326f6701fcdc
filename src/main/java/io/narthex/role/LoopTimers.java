package io.narthex.role;

import io.narthex.clock.Timers;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/// Timers on a group of event loops. A task that sets a timer stays on its loop.
final class LoopTimers implements Timers {

  private static final Logger LOG = System.getLogger(LoopTimers.class.getName());

  private final EventLoopGroup loops;

  LoopTimers(EventLoopGroup loops) {
    this.loops = loops;
  }

  @Override
  public Timer after(long delayMs, Runnable task) {
    return on(loop(), delayMs, task);
  }

  @Override
  public Timer first(long delayMs, Runnable task) {
    return on(loops.next(), delayMs, task);
  }

  private static Timer on(EventExecutor loop, long delayMs, Runnable task) {
    Future<?> planned = loop.schedule(() -> run(task), Math.max(0, delayMs), TimeUnit.MILLISECONDS);
    return () -> planned.cancel(false);
  }

  private EventExecutor loop() {
    for (EventExecutor loop : loops) {
      if (loop.inEventLoop()) {
        return loop;
      }
    }
    return loops.next();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      // The loop would keep it to itself.
      LOG.log(Level.ERROR, "a timer's task failed", e);
    }
  }
}
