package io.narthex.tsdb.chunk;

/// Reads the start timestamps of a chunk. A byte in the chunk's header says whether the first
/// sample has one (top bit), and from which sample on each sample has one (the other bits, 0 for
/// none). That of the first sample is `time - start <varint>`; the next one that is written is the
/// time of the sample before minus the start, as a number behind a width prefix; further ones are
/// deltas to that. Samples between have that of the first. Source: prometheus
/// `tsdb/chunkenc/xor2.go`.
final class StartTimes {

  private static final int FIRST = 0x80;

  private final boolean first;
  private final int from;
  private long difference;
  private long startMs;

  /// @param header the byte in the chunk's header
  StartTimes(int header) {
    first = (header & FIRST) != 0;
    int number = header & ~FIRST;
    from = number == 0 ? Integer.MAX_VALUE : number;
  }

  /// Reads what stands behind the sample with the given number, counted from 0, and returns its
  /// start; 0 is unknown.
  ///
  /// @param previousMs time of the sample before
  long read(BitReader in, int sample, long tMs, long previousMs) {
    if (sample == 0) {
      if (first) {
        startMs = tMs - in.varint();
      }
    } else if (sample >= from) {
      difference = sample == from ? in.varbitInt() : difference + in.varbitInt();
      startMs = previousMs - difference;
    }
    return startMs;
  }
}
