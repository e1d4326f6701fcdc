package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Utf8Order;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.FloatChunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The samples that came out of order until now, for blocks of their own.
public final class LateBlockSource {

  /// Of a source that nothing will be forgotten for.
  static final int NO_SEGMENT = 0;

  private record Entry(Labels labels, SampleBuffer samples) {}

  private final Map<Long, SampleBuffer> taken;
  private final int segment;
  private final FloatChunk floats;
  private final List<Entry> entries = new ArrayList<>();

  /// @param segment first segment of the log that has nothing of what was taken
  LateBlockSource(HeadState state, Map<Long, SampleBuffer> taken, int segment) {
    floats = new FloatChunk(state.options.floatEncoding());
    this.taken = taken;
    this.segment = segment;
    taken.forEach((ref, samples) -> {
      Labels labels = state.table.labels(ref);
      if (labels != null) {
        SampleBuffer left = new SampleBuffer(samples.size + 1);
        state.late.read(ref, Long.MIN_VALUE, Long.MAX_VALUE, left);
        DeletedSpans.remove(state.deleted.of(ref), left, 0);
        entries.add(new Entry(labels, left));
      }
    });
    entries.sort((a, b) -> a.labels.compareTo(b.labels));
  }

  int segment() {
    return segment;
  }

  Map<Long, SampleBuffer> taken() {
    return taken;
  }

  /// Time of the oldest sample, `Long.MAX_VALUE` if there is none.
  public long minMs() {
    return entries.stream()
        .filter(e -> e.samples.size > 0)
        .mapToLong(e -> e.samples.timesMs[0])
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /// Time of the newest sample, `Long.MIN_VALUE` if there is none.
  public long maxMs() {
    return entries.stream()
        .filter(e -> e.samples.size > 0)
        .mapToLong(e -> e.samples.timesMs[e.samples.size - 1])
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /// Whether there is a sample in `[minMs, maxMs)`.
  public boolean hasSamples(long minMs, long maxMs) {
    for (Entry entry : entries) {
      int at = Arrays.binarySearch(entry.samples.timesMs, 0, entry.samples.size, minMs);
      int next = at < 0 ? -at - 1 : at;
      if (next < entry.samples.size && entry.samples.timesMs[next] < maxMs) {
        return true;
      }
    }
    return false;
  }

  /// All label names and values of the series, sorted.
  public Collection<String> symbols() {
    TreeSet<String> symbols = new TreeSet<>(Utf8Order::compare);
    for (Entry entry : entries) {
      for (int i = 0; i < entry.labels.size(); i++) {
        symbols.add(entry.labels.name(i));
        symbols.add(entry.labels.value(i));
      }
    }
    return symbols;
  }

  /// Hands the samples of `[minMs, maxMs)` to `sink`.
  public void write(long minMs, long maxMs, HeadBlockSource.Sink sink) {
    for (Entry entry : entries) {
      SampleBuffer part = new SampleBuffer(16);
      for (int i = 0; i < entry.samples.size; i++) {
        long tMs = entry.samples.timesMs[i];
        if (tMs >= minMs && tMs < maxMs) {
          part.addFrom(entry.samples, i);
        }
      }
      sink.series(entry.labels);
      SampleChunks.write(part, floats, sink);
    }
  }
}
