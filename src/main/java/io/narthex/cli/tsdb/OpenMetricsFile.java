package io.narthex.cli.tsdb;

import io.narthex.model.exposition.ExpositionException;
import io.narthex.model.exposition.ExpositionFormat;
import io.narthex.model.exposition.ExpositionParser;
import io.narthex.model.exposition.ExpositionParser.Entry;
import io.narthex.model.sample.MetricType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Goes through a text of any length in pieces of whole lines that fit into memory. Behind the last
/// line of a piece the parser misses the end of the text; it then goes on there with the next
/// piece.
final class OpenMetricsFile {

  private static final int PIECE_BYTES = 4 << 20;

  private final MemorySegment file;
  private final ExpositionParser parser = ExpositionParser.of(ExpositionFormat.OPEN_METRICS);
  private byte[] piece;

  /// Bytes of the piece that the parser has: up to a line feed, or to the end of the file.
  private int length;

  /// Bytes of the piece that were read.
  private int filled;

  /// Offset in the file of the piece's end.
  private long readBytes;

  OpenMetricsFile(MemorySegment file) {
    this(file, PIECE_BYTES);
  }

  /// @param pieceBytes how much is read at once; pieces grow where entries are longer
  OpenMetricsFile(MemorySegment file, int pieceBytes) {
    this.file = file;
    piece = new byte[pieceBytes + 1];
    load(0, MetricType.UNKNOWN);
  }

  /// Speaks of the entry at which `next` stopped.
  ExpositionParser parser() {
    return parser;
  }

  /// The bytes that the parser's offsets count in.
  byte[] bytes() {
    return piece;
  }

  /// How far the pieces have come.
  long readBytes() {
    return readBytes;
  }

  /// Moves to the next entry.
  ///
  /// @throws ExpositionException if the text is not well-formed
  Entry next() {
    while (true) {
      int entry = parser.entryEnd();
      MetricType type = parser.type();
      try {
        return parser.next();
      } catch (ExpositionException e) {
        if (length == filled && readBytes == file.byteSize()) {
          throw e;
        }
        load(entry, type);
      }
    }
  }

  /// Keeps what is behind `from` and fills up.
  private void load(int from, MetricType type) {
    int kept = filled - from;
    if (from == 0 && kept > 0) {
      piece = Arrays.copyOf(piece, piece.length * 2);
    }
    System.arraycopy(piece, from, piece, 0, kept);
    int more = (int) Math.min(piece.length - 1 - kept, file.byteSize() - readBytes);
    MemorySegment.copy(file, ValueLayout.JAVA_BYTE, readBytes, piece, kept, more);
    readBytes += more;
    filled = kept + more;
    length = readBytes == file.byteSize() ? filled : wholeLines();
    parser.reset(piece, length);
    parser.seek(0, type);
  }

  private int wholeLines() {
    int end = filled;
    while (end > 0 && piece[end - 1] != '\n') {
      end--;
    }
    return end;
  }
}
