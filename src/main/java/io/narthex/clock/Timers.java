package io.narthex.clock;

/// Runs tasks at later times. Rooms that tick take one of these; tests pass one that a virtual
/// clock drives.
public interface Timers {

  /// Runs `task` once, `delayMs` (>= 0) from now. The task must not block for long: long work hands
  /// itself to an executor.
  Timer after(long delayMs, Runnable task);

  /// As `after`, for the first of a chain of tasks that set a timer for the next one each: where
  /// tasks stay on the thread on which they are set, chains are spread over the threads.
  default Timer first(long delayMs, Runnable task) {
    return after(delayMs, task);
  }

  /// A task that has been scheduled.
  interface Timer {

    /// Prevents the task from running if it has not begun; idempotent.
    void cancel();
  }
}
