package io.narthex.tsdb.index;

import io.narthex.io.bytes.BytesIn;
import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.bytes.Crc32c;
import io.narthex.model.labels.Labels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A reusable window on one series of an index: `read` moves it. The bytes are copied out of the
/// map first, which makes the checksum and the many small reads behind it cheap. Not thread-safe.
public final class SeriesEntry {

  private final IndexReader index;
  private final BytesIn file;
  private final ChunkMetas chunks = new ChunkMetas();
  private byte[] bytes = new byte[512];
  private int at;
  private int length;
  private long offset;

  SeriesEntry(IndexReader index, BytesIn file) {
    this.index = index;
    this.file = file;
  }

  /// Moves to a series.
  ///
  /// @throws CorruptFileException if there is no series of that id, or its checksum is wrong
  public SeriesEntry read(long seriesId) {
    offset = index.seriesOffset(seriesId);
    MemorySegment all = index.bytes();
    file.seek(offset, all.byteSize());
    length = file.uvarint31();
    long content = file.position();
    if (file.remaining() < length + 4L) {
      throw corrupt("a series of " + length + " bytes, but the file ends before");
    }
    if (bytes.length < length) {
      bytes = new byte[Math.max(length, bytes.length * 2)];
    }
    MemorySegment.copy(all, ValueLayout.JAVA_BYTE, content, bytes, 0, length);
    int crc = file.skip(length).u32();
    if (crc != Crc32c.of(bytes, 0, length)) {
      throw corrupt("checksum mismatch in series " + seriesId);
    }
    at = 0;
    return this;
  }

  /// The labels of the series at hand.
  public Labels labels() {
    at = 0;
    int count = count();
    String[] pairs = new String[2 * count];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = index.symbol(uvarint());
    }
    return Labels.ofSorted(pairs);
  }

  /// Value of the label `name` of the series at hand, or the empty string.
  public String label(String name) {
    at = 0;
    int count = count();
    for (int i = 0; i < count; i++) {
      String found = index.symbol(uvarint());
      long value = uvarint();
      if (found.equals(name)) {
        return index.symbol(value);
      }
    }
    return "";
  }

  /// The chunks of the series at hand that have samples in `[minMs, maxMs]`; valid until the next
  /// call.
  public ChunkMetas chunks(long minMs, long maxMs) {
    at = 0;
    for (int i = 2 * count(); i > 0; i--) {
      uvarint();
    }
    chunks.clear();
    int count = count();
    long chunkMaxMs = 0;
    long ref = 0;
    for (int i = 0; i < count; i++) {
      long chunkMinMs = i == 0 ? signed(uvarint()) : chunkMaxMs + uvarint();
      chunkMaxMs = chunkMinMs + uvarint();
      ref = i == 0 ? uvarint() : ref + signed(uvarint());
      if (chunkMinMs <= maxMs && chunkMaxMs >= minMs) {
        chunks.add(chunkMinMs, chunkMaxMs, ref);
      }
    }
    return chunks;
  }

  private int count() {
    long count = uvarint();
    if (count < 0 || count > length) {
      throw corrupt("a count of " + Long.toUnsignedString(count) + " in a series");
    }
    return (int) count;
  }

  private static long signed(long coded) {
    return coded >>> 1 ^ -(coded & 1);
  }

  private long uvarint() {
    long value = 0;
    for (int shift = 0; shift < 64 && at < length; shift += 7) {
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw corrupt("a series ends within a number");
  }

  private CorruptFileException corrupt(String found) {
    return new CorruptFileException(index.file(), offset, found);
  }
}
