package io.narthex.promql;

import io.narthex.clock.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// The queries that run or wait now. Safe for any thread.
final class RunningQueries {

  private final Clock clock;
  private final AtomicLong lastId = new AtomicLong();
  private final Map<Long, Entry> entries = new ConcurrentSkipListMap<>();

  RunningQueries(Clock clock) {
    this.clock = clock;
  }

  /// One query.
  static final class Entry implements AutoCloseable {
    private final RunningQueries all;
    private final long id;
    private final RunningQuery asked;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final long beganNanos;
    private volatile boolean running;
    private volatile LongSupplier samples = () -> 0;
    private volatile LongSupplier bytes = () -> 0;

    private Entry(RunningQueries all, long id, RunningQuery asked) {
      this.all = all;
      this.id = id;
      this.asked = asked;
      beganNanos = all.clock.nanoTime();
    }

    /// It has its turn.
    void runs() {
      running = true;
    }

    /// @param held how many samples the query holds
    /// @param used how much memory it uses
    void holds(LongSupplier held, LongSupplier used) {
      samples = held;
      bytes = used;
    }

    boolean isCancelled() {
      return cancelled.get();
    }

    private RunningQuery now() {
      return new RunningQuery(
          id,
          asked.query(),
          asked.startMs(),
          asked.endMs(),
          asked.stepMs(),
          asked.beganMs(),
          (all.clock.nanoTime() - beganNanos) / 1_000_000,
          !running,
          samples.getAsLong(),
          bytes.getAsLong(),
          asked.origin());
    }

    @Override
    public void close() {
      all.entries.remove(id);
    }
  }

  Entry add(String query, long startMs, long endMs, long stepMs, QueryOrigin origin) {
    long id = lastId.incrementAndGet();
    RunningQuery asked =
        new RunningQuery(id, query, startMs, endMs, stepMs, clock.nowMs(), 0, true, 0, 0, origin);
    Entry entry = new Entry(this, id, asked);
    entries.put(id, entry);
    return entry;
  }

  List<RunningQuery> list() {
    return entries.values().stream().map(Entry::now).toList();
  }

  boolean cancel(long id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      return false;
    }
    entry.cancelled.set(true);
    return true;
  }
}
