package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/// What is in the head, for the status page. Lists are the greatest first.
///
/// @param seriesByMetric series of each metric name
/// @param valuesByLabel distinct values of each label name
/// @param bytesByLabel length of all values of each label name, once for each series
/// @param seriesByPair series of each `name=value`
public record HeadStats(
    int series,
    int labelPairs,
    long chunks,
    long minMs,
    long maxMs,
    List<Count> seriesByMetric,
    List<Count> valuesByLabel,
    List<Count> bytesByLabel,
    List<Count> seriesByPair) {

  /// A name and its number.
  public record Count(String name, long count) {}

  static HeadStats of(HeadState state, int limit) {
    Top metrics = new Top(limit);
    Top values = new Top(limit);
    Top bytes = new Top(limit);
    Top pairs = new Top(limit);
    int labelPairs = 0;
    for (Postings.Name name : state.postings.names()) {
      long length = 0;
      for (Postings.Value value : name.values().values()) {
        int count = value.refs.count();
        length += (long) count * (stringBytes(name.name()) + stringBytes(value.text));
        if (name.name().equals(Labels.NAME)) {
          metrics.offer(value.text, count);
        }
        if (pairs.wants(count)) {
          pairs.offer(name.name() + "=" + value.text, count);
        }
      }
      labelPairs += name.values().size();
      values.offer(name.name(), name.values().size());
      bytes.offer(name.name(), length);
    }
    return new HeadStats(
        state.table.live(),
        labelPairs,
        state.writer.chunksCreated() - state.writer.chunksRemoved(),
        state.minMs,
        state.maxMs,
        metrics.list(),
        values.list(),
        bytes.list(),
        pairs.list());
  }

  /// Bytes of a string behind its length, as the reference keeps labels in memory.
  private static int stringBytes(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes + (Integer.SIZE - Integer.numberOfLeadingZeros(bytes | 1) + 6) / 7;
  }

  /// Keeps the greatest few.
  private static final class Top {
    private final int limit;
    private final PriorityQueue<Count> least =
        new PriorityQueue<>((a, b) -> Long.compare(a.count, b.count));

    Top(int limit) {
      this.limit = limit;
    }

    boolean wants(long count) {
      Count smallest = least.peek();
      return least.size() < limit || smallest != null && count > smallest.count;
    }

    void offer(String name, long count) {
      if (wants(count)) {
        least.add(new Count(name, count));
        if (least.size() > limit) {
          least.poll();
        }
      }
    }

    List<Count> list() {
      List<Count> all = new ArrayList<>(least);
      all.sort((a, b) -> Long.compare(b.count, a.count));
      return List.copyOf(all);
    }
  }
}
