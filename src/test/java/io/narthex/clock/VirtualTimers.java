package io.narthex.clock;

import java.util.Comparator;
import java.util.PriorityQueue;

/// A clock that stands still until it is moved, and timers that run when it is. Tasks run on the
/// thread that moves the clock, in order of their time and then of their making.
public final class VirtualTimers implements Clock, Timers {

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong((Task t) -> t.atMs).thenComparing(t -> t.order));

  private long nowMs;
  private long order;

  public VirtualTimers(long startMs) {
    nowMs = startMs;
  }

  @Override
  public long nowMs() {
    return nowMs;
  }

  @Override
  public long nanoTime() {
    return nowMs * 1_000_000;
  }

  @Override
  public Timer after(long delayMs, Runnable task) {
    if (delayMs < 0) {
      throw new IllegalArgumentException("negative delay: " + delayMs);
    }
    Task scheduled = new Task(nowMs + delayMs, order++, task);
    tasks.add(scheduled);
    return () -> tasks.remove(scheduled);
  }

  /// Moves the clock on and runs what falls due, each task at its own time.
  public void advance(long ms) {
    long untilMs = nowMs + ms;
    while (!tasks.isEmpty() && tasks.peek().atMs <= untilMs) {
      Task task = tasks.poll();
      nowMs = Math.max(nowMs, task.atMs);
      task.run.run();
    }
    nowMs = untilMs;
  }

  /// Moves the clock without running anything, as a machine does that hangs.
  public void hang(long ms) {
    nowMs += ms;
  }

  /// Runs what has fallen due while the clock hung, late.
  public void runDue() {
    while (!tasks.isEmpty() && tasks.peek().atMs <= nowMs) {
      tasks.poll().run.run();
    }
  }

  /// How many tasks wait.
  public int waiting() {
    return tasks.size();
  }

  private record Task(long atMs, long order, Runnable run) {}
}
