package io.narthex.tsdb.head;

import io.narthex.storage.SampleBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;

/// Spans of series that were deleted: the samples stay where they are until the head forgets them,
/// and readers leave them out. Any thread reads, one changes.
final class DeletedSpans {

  private static final long[] NOTHING = {};

  /// first, last, first, last ... both inclusive, in the order of deletion.
  private final Map<Long, long[]> spans = new ConcurrentHashMap<>();

  void add(long ref, long minMs, long maxMs) {
    spans.merge(
        ref,
        new long[] {minMs, maxMs},
        (known, span) -> {
          long[] more = Arrays.copyOf(known, known.length + 2);
          more[known.length] = span[0];
          more[known.length + 1] = span[1];
          return more;
        });
  }

  /// Gives the spans of one series to another.
  void move(long from, long to) {
    long[] moved = spans.remove(from);
    for (int i = 0; moved != null && i < moved.length; i += 2) {
      add(to, moved[i], moved[i + 1]);
    }
  }

  /// Forgets a series.
  void remove(long ref) {
    spans.remove(ref);
  }

  boolean isEmpty() {
    return spans.isEmpty();
  }

  long[] of(long ref) {
    return spans.isEmpty() ? NOTHING : spans.getOrDefault(ref, NOTHING);
  }

  /// Forgets spans that end before `minMs`. All spans stay of the series that `whole` holds for.
  void truncate(long minMs, LongPredicate whole) {
    spans.forEach((ref, known) -> {
      if (whole.test(ref)) {
        return;
      }
      long[] kept = new long[known.length];
      int n = 0;
      for (int i = 0; i < known.length; i += 2) {
        if (known[i + 1] >= minMs) {
          kept[n++] = known[i];
          kept[n++] = known[i + 1];
        }
      }
      if (n == 0) {
        spans.remove(ref);
      } else {
        spans.put(ref, Arrays.copyOf(kept, n));
      }
    });
  }

  /// Hands all spans to `sink` as first, last, first, last ..., by series.
  void forEach(BiConsumer<Long, long[]> sink) {
    spans.forEach(sink);
  }

  static boolean covers(long[] spans, long tMs) {
    return covers(spans, tMs, tMs);
  }

  /// Whether one of the spans has all of `[minMs, maxMs]`.
  static boolean covers(long[] spans, long minMs, long maxMs) {
    for (int i = 0; i < spans.length; i += 2) {
      if (spans[i] <= minMs && maxMs <= spans[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /// Takes the deleted samples out of `[from, size)`.
  static void remove(long[] spans, SampleBuffer samples, int from) {
    if (spans.length == 0) {
      return;
    }
    int n = from;
    for (int i = from; i < samples.size; i++) {
      if (!covers(spans, samples.timesMs[i])) {
        samples.move(i, n++);
      }
    }
    samples.truncate(n);
  }
}
