package io.narthex.tsdb.head;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lets a reader see each commit whole or not at all.
///
/// Commits run one after another and are numbered. A reader sees those that were published when it
/// was opened. In a series, times ascend, so "what was there at commit n" is "the samples up to
/// time t": a series' line keeps the last commit that touched it, the one before, and the time that
/// was newest before the last one. That is all a reader needs which is younger than two commits to
/// the series. For older readers, who are rare, what the line forgets is kept here until they are
/// gone.
///
/// Numbers wrap at 32 bits; only differences are looked at, and no reader lives for 2^31 commits.
final class Isolation {

  /// What readers with `after <= watermark < before` see of a series: samples up to `cutMs`.
  private record Version(int after, int before, long cutMs, @Nullable Version older) {}

  /// A reader that has been opened, to be closed with it.
  static final class Reader {
    final int watermark;
    boolean open = true;

    Reader(int watermark) {
      this.watermark = watermark;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closed = lock.newCondition();
  private final ArrayDeque<Reader> readers = new ArrayDeque<>();
  private final Map<Long, Version> versions = new ConcurrentHashMap<>();
  private volatile int published;
  private int current;

  /// Watermark of the oldest open reader as it was when the current commit began; the previous
  /// commit's number if there is none.
  private int oldest;

  /// Opens a reader that sees all commits published so far.
  Reader open() {
    lock.lock();
    try {
      Reader reader = new Reader(published);
      readers.addLast(reader);
      return reader;
    } finally {
      lock.unlock();
    }
  }

  /// Closes a reader; idempotent.
  void close(Reader reader) {
    lock.lock();
    try {
      reader.open = false;
      while (!readers.isEmpty() && !readers.getFirst().open) {
        readers.removeFirst();
      }
      closed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Readers that are open, those behind an older open one included.
  int openReaders() {
    lock.lock();
    try {
      return (int) readers.stream().filter(r -> r.open).count();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until all readers that are open now are closed; false if that takes too long.
  boolean awaitReaders(long timeoutMs) throws InterruptedException {
    lock.lock();
    try {
      Reader last = readers.peekLast();
      long nanos = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
      while (last != null && readers.contains(last)) {
        if (nanos <= 0) {
          return false;
        }
        nanos = closed.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Begins a commit and returns its number. Called under the head's commit lock, like the rest of
  /// this class from here on.
  int begin() {
    current++;
    lock.lock();
    try {
      Reader first = readers.peekFirst();
      oldest = first == null ? current - 1 : first.watermark;
      if (first == null && !versions.isEmpty()) {
        versions.clear();
      }
    } finally {
      lock.unlock();
    }
    return current;
  }

  /// Whether a reader is open that needs the version before commit `before`.
  boolean needed(int before) {
    return oldest - before < 0;
  }

  /// Keeps what a line is about to forget.
  void keep(long ref, int after, int before, long cutMs) {
    versions.merge(
        ref,
        new Version(after, before, cutMs, null),
        (old, add) -> new Version(add.after, add.before, add.cutMs, old));
  }

  /// Number of the oldest commit that a reader still sees as the newest.
  int lowest() {
    lock.lock();
    try {
      Reader first = readers.peekFirst();
      return first == null ? published : first.watermark;
    } finally {
      lock.unlock();
    }
  }

  /// Number of the newest published commit.
  int published() {
    return published;
  }

  /// Makes the current commit visible to readers that are opened from now on.
  void publish() {
    published = current;
  }

  /// Newest time that a reader with `watermark` may see of a series, given its line's words;
  /// `Long.MIN_VALUE` for nothing.
  long visibleUntil(
      int watermark, long ref, int lastCommit, int previousCommit, long cutMs, long lastMs) {
    if (watermark - lastCommit >= 0) {
      return lastMs;
    }
    if (watermark - previousCommit >= 0) {
      return cutMs;
    }
    for (Version v = versions.get(ref); v != null; v = v.older) {
      if (watermark - v.after >= 0 && watermark - v.before < 0) {
        return v.cutMs;
      }
    }
    return Long.MIN_VALUE;
  }
}
