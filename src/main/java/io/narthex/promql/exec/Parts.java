package io.narthex.promql.exec;

import io.narthex.promql.QueryException;
import io.narthex.promql.QueryException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/// Runs the parts of a piece of work on the calling thread and, where there are several, on workers
/// beside it.
final class Parts {

  private final int parts;
  private final IntConsumer work;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private Parts(int parts, IntConsumer work) {
    this.parts = parts;
    this.work = work;
  }

  /// Runs `work` for 0 <= part < parts and returns when all are done. The first failure is thrown.
  static void run(EvalContext context, int parts, IntConsumer work) {
    int helpers = Math.min(parts, context.parallelism) - 1;
    if (helpers <= 0) {
      for (int i = 0; i < parts; i++) {
        work.accept(i);
      }
    } else {
      new Parts(parts, work).runWith(context, helpers);
    }
  }

  private void runWith(EvalContext context, int count) {
    List<Helper> helpers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Helper helper = new Helper();
      helpers.add(helper);
      context.workers.execute(helper);
    }
    loop();
    helpers.forEach(Helper::settle);
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("BUG: evaluation failed", failure.get());
    }
  }

  private void loop() {
    try {
      for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
        work.accept(i);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      next.set(parts);
    }
  }

  /// One more thread on the same parts. A helper that has not begun when the parts are used up
  /// never will.
  private final class Helper implements Runnable {
    private final AtomicInteger state = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);

    @Override
    public void run() {
      if (state.compareAndSet(0, 1)) {
        loop();
        done.countDown();
      }
    }

    void settle() {
      if (state.compareAndSet(0, 2)) {
        return;
      }
      try {
        done.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new QueryException(Kind.CANCELED, "query was canceled in expression evaluation");
      }
    }
  }
}
