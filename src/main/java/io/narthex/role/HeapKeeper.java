package io.narthex.role;

import io.narthex.clock.Timers;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;

/// Keeps the old space of the serial collector from growing to the bound of the heap before it is
/// collected for the first time: that collector rather takes more memory from the machine. Asks for
/// a collection whenever the space holds twice of what the last one left, and earlier behind work
/// that leaves much behind, there or on the disk: deleted files take room while they are mapped.
/// Such work is a compaction, but also what nobody tells of, as the first scrapes of many targets:
/// the space has grown, and then grows no more. Other collectors look after themselves.
final class HeapKeeper implements AutoCloseable {

  private static final String OLD_SPACE = "Tenured Gen";

  /// Below this, a collection is not worth its pause.
  private static final long LEAST_BYTES = 64L << 20;

  /// Room on the disk that is worth a pause.
  private static final long MUCH_DISK_BYTES = 256L << 20;

  /// Less is not worth the shortest pause.
  private static final long LEAST_AT_REST_BYTES = 8L << 20;

  /// A collection of more than this takes a second or so: too long for what nobody waits for.
  private static final long MOST_AT_REST_BYTES = 512L << 20;

  /// How often is looked whether the space has come to rest.
  static final long LOOK_MS = 10_000;

  /// What makes a collection worth its pause once the space has come to rest.
  private static final double MUCH_AT_REST = 0.1;

  /// Growth since the last look that counts as none.
  private static final double REST = 0.01;

  /// What makes a collection worth its pause behind a piece of work, beside what is in use.
  private static final double MUCH = 0.25;

  private final MemoryPoolMXBean space;
  private final NotificationEmitter emitter =
      (NotificationEmitter) ManagementFactory.getMemoryMXBean();
  private final NotificationListener listener;
  private final Executor worker;
  private final Timers timers;
  private volatile Timers.Timer next = () -> {};
  private volatile boolean closed;
  private volatile long leftBytes;
  private long unmappedBytes;
  private long seenBytes;

  private HeapKeeper(MemoryPoolMXBean space, Executor worker, Timers timers) {
    this.space = space;
    this.worker = worker;
    this.timers = timers;
    listener =
        (notification, handback) -> {
          if (notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED)) {
            worker.execute(this::collect);
          }
        };
    emitter.addNotificationListener(listener, null, null);
    leftBytes = space.getUsage().getUsed();
    space.setUsageThreshold(thresholdBytes(space.getUsage()));
    lookLater();
  }

  /// Begins to look, if this JVM runs the serial collector.
  ///
  /// @param worker takes the collections; may block
  static Optional<HeapKeeper> start(Executor worker, Timers timers) {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals(OLD_SPACE) && pool.isUsageThresholdSupported())
        .findFirst()
        .map(pool -> new HeapKeeper(pool, worker, timers));
  }

  private void lookLater() {
    next = timers.after(LOOK_MS, () -> worker.execute(this::lookForRest));
  }

  private synchronized void lookForRest() {
    if (closed) {
      return;
    }
    long used = space.getUsage().getUsed();
    if (isAtRest(used, seenBytes, leftBytes)) {
      collect();
      used = leftBytes;
    }
    seenBytes = used;
    if (!closed) {
      lookLater();
    }
  }

  /// Whether the space has grown much since the last collection, and has come to rest.
  ///
  /// @param seenBytes what was in use at the last look
  static boolean isAtRest(long usedBytes, long seenBytes, long leftBytes) {
    return usedBytes <= MOST_AT_REST_BYTES
        && usedBytes - seenBytes <= REST * seenBytes
        && usedBytes - leftBytes >= Math.max(LEAST_AT_REST_BYTES, MUCH_AT_REST * leftBytes);
  }

  /// Looks at what a piece of work has left behind. May block.
  ///
  /// @param deletedMapBytes bytes of files that were deleted while they were mapped, since the
  ///   start
  synchronized void look(long deletedMapBytes) {
    if (isMuchDisk(deletedMapBytes - unmappedBytes)
        || isMuch(space.getUsage().getUsed(), leftBytes)) {
      collect();
      unmappedBytes = deletedMapBytes;
    }
  }

  /// Whether so much room on the disk waits for a collection that it is worth one.
  static boolean isMuchDisk(long waitingBytes) {
    return waitingBytes >= MUCH_DISK_BYTES;
  }

  /// Whether the space holds much that was not there after the last collection.
  static boolean isMuch(long usedBytes, long leftBytes) {
    return usedBytes >= LEAST_BYTES && usedBytes - leftBytes > MUCH * leftBytes;
  }

  private synchronized void collect() {
    System.gc();
    leftBytes = space.getUsage().getUsed();
    space.setUsageThreshold(thresholdBytes(space.getUsage()));
  }

  /// How much the space may hold until it is collected again.
  static long thresholdBytes(MemoryUsage left) {
    long wanted = Math.max(LEAST_BYTES, 2 * left.getUsed());
    return left.getMax() < 0 ? wanted : Math.min(wanted, left.getMax());
  }

  @Override
  public void close() {
    closed = true;
    next.cancel();
    space.setUsageThreshold(0);
    try {
      emitter.removeNotificationListener(listener);
    } catch (ListenerNotFoundException e) {
      throw new IllegalStateException("BUG: the listener of the heap was added", e);
    }
  }
}
