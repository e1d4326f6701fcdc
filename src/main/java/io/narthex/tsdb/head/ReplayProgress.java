package io.narthex.tsdb.head;

/// How far reading the log has come; may be looked at from any thread while the head is opened.
public final class ReplayProgress {

  private volatile int first;
  private volatile int last;
  private volatile int current;

  void range(int firstSegment, int lastSegment) {
    first = firstSegment;
    last = lastSegment;
    current = firstSegment;
  }

  /// Called by the thread that applies.
  void at(int segment) {
    passed(segment);
  }

  /// Nothing in `segment` has to be applied so far. Called by the thread that reads.
  void passed(int segment) {
    if (current < segment) {
      current = segment;
    }
  }

  /// Number of the first segment.
  public int first() {
    return first;
  }

  /// Number of the last segment.
  public int last() {
    return last;
  }

  /// Number of the segment that is being read.
  public int current() {
    return current;
  }
}
