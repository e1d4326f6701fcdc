package io.narthex.promql.exec.series;

import io.narthex.storage.SampleBuffer;
import java.util.ArrayDeque;

/// What one thread of a query works with: buffers that go from series to series, and the
/// annotations it met. Not thread-safe.
public final class Lane {

  private final ArrayDeque<Column> columns = new ArrayDeque<>();
  private final ArrayDeque<SampleBuffer> buffers = new ArrayDeque<>();
  private final Limits limits;

  /// What the reader should know, of this lane.
  public final Annotations annotations = new Annotations();

  /// Number of the lane in its query, from 0.
  public final int index;

  Lane(int index, Limits limits) {
    this.index = index;
    this.limits = limits;
  }

  public Limits limits() {
    return limits;
  }

  /// An empty column of `steps` slots. Give it back.
  public Column borrow(int steps) {
    Column column = columns.poll();
    if (column == null || column.values.length < steps) {
      limits.take((long) steps * Double.BYTES);
    }
    return column == null ? new Column(steps) : column.reset(steps);
  }

  public void give(Column column) {
    columns.push(column);
  }

  /// An empty buffer. Give it back.
  public SampleBuffer borrowSamples() {
    SampleBuffer buffer = buffers.poll();
    if (buffer == null) {
      return new SampleBuffer();
    }
    buffer.clear();
    return buffer;
  }

  public void giveSamples(SampleBuffer buffer) {
    buffers.push(buffer);
  }
}
