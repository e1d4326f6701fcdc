package io.narthex.tsdb.chunk;

import io.narthex.io.bytes.Varint;

/// Writes the start timestamps of a chunk, one behind each sample, as {@link StartTimes} reads
/// them. A chunk has them from its first sample on, or not at all.
///
/// As long as the start does not change, nothing is written. But the header has only seven bits for
/// the sample that brings the first change, so from the last one of these on each sample has a
/// start, whether it changed or not.
final class StartColumn {

  /// Where the header's byte lies, behind a count of two bytes.
  private static final int HEADER_AT = 2;

  private static final int FIRST_IS_KNOWN = 0x80;
  private static final int LAST_FIRST_CHANGE = 0x7f;

  private long startMs;

  /// Time of the sample before minus the start, as it was written last.
  private long differenceMs;

  /// The sample that brought the first change, 0 for none.
  private int changedAt;

  private int header;

  /// Begins a new chunk.
  void reset() {
    startMs = 0;
    differenceMs = 0;
    changedAt = 0;
    header = 0;
  }

  /// Writes what belongs behind the sample with the given number, counted from 0.
  ///
  /// @param previousMs time of the sample before
  /// @param newStartMs 0 if it is unknown
  void write(BitWriter out, int sample, long tMs, long previousMs, long newStartMs) {
    if (sample == 0) {
      first(out, tMs, newStartMs);
    } else if (changedAt > 0) {
      long newDifferenceMs = previousMs - newStartMs;
      out.varbitInt(newDifferenceMs - differenceMs);
      differenceMs = newDifferenceMs;
    } else if (newStartMs != startMs || sample == LAST_FIRST_CHANGE) {
      changedAt = sample;
      differenceMs = previousMs - newStartMs;
      out.varbitInt(differenceMs);
      mark(out, sample);
    }
    startMs = newStartMs;
  }

  private void first(BitWriter out, long tMs, long newStartMs) {
    if (newStartMs != 0) {
      out.uvarint(Varint.zigzag(tMs - newStartMs));
      mark(out, FIRST_IS_KNOWN);
    }
  }

  private void mark(BitWriter out, int bits) {
    header |= bits;
    out.putU8(HEADER_AT, header);
  }
}
