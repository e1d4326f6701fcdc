package io.narthex.tsdb.head;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.SampleBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Samples that came out of order, beside the series they belong to, until a block of their own
/// takes them. There are few: each series that has some has one sorted buffer. Of two samples with
/// the same time the first one stays. They are not isolated: a reader may see some of a commit.
///
/// One thread adds (under the head's commit lock), any thread reads.
final class LateSamples {

  private final Map<Long, SampleBuffer> series = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  boolean isEmpty() {
    return series.isEmpty();
  }

  boolean has(long ref) {
    return !series.isEmpty() && series.containsKey(ref);
  }

  /// How many samples there are.
  int size() {
    return count.get();
  }

  /// Adds a sample, unless there is one of that time.
  ///
  /// @param startMs start timestamp, 0 if it is unknown
  void add(long ref, long tMs, double value, @Nullable FloatHistogram histogram, long startMs) {
    SampleBuffer buffer = series.computeIfAbsent(ref, r -> new SampleBuffer(8));
    synchronized (buffer) {
      int at = Arrays.binarySearch(buffer.timesMs, 0, buffer.size, tMs);
      if (at < 0) {
        insert(buffer, -at - 1, tMs, value, histogram, startMs);
        count.incrementAndGet();
      }
    }
  }

  private static void insert(
      SampleBuffer buffer,
      int at,
      long tMs,
      double value,
      @Nullable FloatHistogram histogram,
      long startMs) {
    int moved = buffer.size - at;
    if (histogram == null) {
      buffer.add(tMs, value);
    } else {
      buffer.add(tMs, histogram);
    }
    buffer.setStartMs(startMs);
    System.arraycopy(buffer.timesMs, at, buffer.timesMs, at + 1, moved);
    System.arraycopy(buffer.values, at, buffer.values, at + 1, moved);
    buffer.timesMs[at] = tMs;
    buffer.values[at] = value;
    if (buffer.histograms != null) {
      System.arraycopy(buffer.histograms, at, buffer.histograms, at + 1, moved);
      buffer.histograms[at] = histogram;
    }
    if (buffer.startsMs != null) {
      System.arraycopy(buffer.startsMs, at, buffer.startsMs, at + 1, moved);
      buffer.startsMs[at] = startMs;
    }
  }

  /// Appends the samples of a series with `minMs <= t <= maxMs` to `out`.
  void read(long ref, long minMs, long maxMs, SampleBuffer out) {
    SampleBuffer buffer = series.get(ref);
    if (buffer == null) {
      return;
    }
    synchronized (buffer) {
      for (int i = 0; i < buffer.size; i++) {
        long tMs = buffer.timesMs[i];
        if (tMs >= minMs && tMs <= maxMs) {
          out.addFrom(buffer, i);
        }
      }
    }
  }

  /// Time of the newest sample of a series, or `Long.MIN_VALUE`.
  long newestMs(long ref) {
    SampleBuffer buffer = series.get(ref);
    if (buffer == null) {
      return Long.MIN_VALUE;
    }
    synchronized (buffer) {
      return buffer.size == 0 ? Long.MIN_VALUE : buffer.timesMs[buffer.size - 1];
    }
  }

  /// Time of the oldest sample, or `Long.MAX_VALUE`.
  long minMs() {
    long min = Long.MAX_VALUE;
    for (SampleBuffer buffer : series.values()) {
      synchronized (buffer) {
        min = buffer.size == 0 ? min : Math.min(min, buffer.timesMs[0]);
      }
    }
    return min;
  }

  /// Time of the newest sample, or `Long.MIN_VALUE`.
  long maxMs() {
    long max = Long.MIN_VALUE;
    for (SampleBuffer buffer : series.values()) {
      synchronized (buffer) {
        max = buffer.size == 0 ? max : Math.max(max, buffer.timesMs[buffer.size - 1]);
      }
    }
    return max;
  }

  /// How many samples each series has now.
  Map<Long, SampleBuffer> snapshot() {
    Map<Long, SampleBuffer> copy = new ConcurrentHashMap<>();
    series.forEach((ref, buffer) -> {
      SampleBuffer out = new SampleBuffer(buffer.size + 1);
      read(ref, Long.MIN_VALUE, Long.MAX_VALUE, out);
      copy.put(ref, out);
    });
    return copy;
  }

  /// Forgets what a snapshot had.
  void remove(Map<Long, SampleBuffer> snapshot) {
    snapshot.forEach((ref, taken) -> series.computeIfPresent(ref, (r, now) -> without(now, taken)));
  }

  private @Nullable SampleBuffer without(SampleBuffer now, SampleBuffer taken) {
    synchronized (now) {
      SampleBuffer rest = new SampleBuffer(Math.max(8, now.size - taken.size));
      for (int i = 0; i < now.size; i++) {
        if (Arrays.binarySearch(taken.timesMs, 0, taken.size, now.timesMs[i]) < 0) {
          rest.addFrom(now, i);
        }
      }
      count.addAndGet(rest.size - now.size);
      return rest.size == 0 ? null : rest;
    }
  }
}
