package io.narthex.tsdb.offline;

import io.narthex.model.labels.Labels;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.LongConsumer;

/// The series of one block in label order, each with the samples that all runs have of it.
final class RunMerge {

  private static final long TELL_BYTES = 1 << 20;

  private final Queue<RunCursor> cursors = new PriorityQueue<>();
  private final CommittedSamples samples = new CommittedSamples();
  private final LongConsumer progress;
  private byte[] key = {};
  private long readBytes;

  /// @param runs in the order in which they were written
  /// @param mapped what lies in each
  /// @param progress is told now and then how many bytes have been read since
  RunMerge(List<Run> runs, List<MemorySegment> mapped, long block, LongConsumer progress) {
    this.progress = progress;
    for (int i = 0; i < runs.size(); i++) {
      if (runs.get(i).has(block)) {
        add(new RunCursor(runs.get(i).read(block, mapped.get(i)), i));
      }
    }
  }

  private void add(RunCursor cursor) {
    if (cursor.next()) {
      cursors.add(cursor);
    }
  }

  /// Goes on to the next series, if there is one.
  boolean next() {
    RunCursor first = cursors.peek();
    if (readBytes >= TELL_BYTES || first == null) {
      progress.accept(readBytes);
      readBytes = 0;
    }
    if (first == null) {
      return false;
    }
    key = first.key();
    samples.clear();
    for (RunCursor at = first; at != null && Arrays.equals(at.key(), key); at = cursors.peek()) {
      cursors.remove();
      readBytes += at.readInto(samples);
      add(at);
    }
    return true;
  }

  /// Labels of the series at hand.
  Labels labels() {
    return LabelKey.read(key);
  }

  /// Samples of the series at hand; at least one.
  CommittedSamples samples() {
    return samples;
  }
}
