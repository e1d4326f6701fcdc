package io.narthex.tsdb.wal;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.tsdb.wal.WalFiles.Numbered;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Reads records one after another, segment by segment. Holds one mapped segment and one record at
/// a time, however long the log is. Not thread-safe.
public final class WalReader implements AutoCloseable {

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final Disk disk;
  private final List<Numbered> segments;
  private final SnappyJavaDecompressor snappy = new SnappyJavaDecompressor();
  private final ZstdJavaDecompressor zstd = new ZstdJavaDecompressor();
  private final CRC32C crc = new CRC32C();

  private int index = -1;
  private @Nullable Arena arena;
  private MemorySegment bytes = MemorySegment.NULL;
  private long at;

  private long recordOffset;
  private byte[] stored = new byte[WalFormat.PAGE_BYTES];
  private int storedLength;
  private byte[] plain = new byte[WalFormat.PAGE_BYTES];
  private byte[] record = plain;
  private int length;

  /// Where to look for the next record behind one that is corrupt.
  private long resumeAt;

  private final WalSkips skips;

  /// The span to be skipped next, as the index of its begin.
  private int nextSkip;

  private boolean leftOut;

  /// What is corrupt and has nothing good behind it so far.
  private @Nullable Torn torn;

  private final List<CorruptFileException> skipped = new ArrayList<>();

  /// A place where the log cannot be read.
  private record Torn(CorruptFileException corruption, int index, long offset) {

    /// Moves the reader back there, where the log has to be cut off.
    CorruptFileException go(WalReader reader) {
      reader.index = index;
      reader.recordOffset = offset;
      return corruption;
    }
  }

  /// @param segments what to read, in this order
  public WalReader(Disk disk, List<Numbered> segments) {
    this(disk, segments, WalSkips.NONE);
  }

  /// @param skips what is left out
  public WalReader(Disk disk, List<Numbered> segments, WalSkips skips) {
    this.disk = disk;
    this.segments = segments;
    this.skips = skips;
  }

  /// Moves to the next record; false at the end of the last segment. Bytes that are no record are
  /// left out if there is a record behind them, see {@link #skipped()}.
  ///
  /// @throws CorruptFileException if the bytes from {@link #recordOffset()} on are no record, and
  ///   nothing that follows is one
  public boolean next() {
    while (true) {
      if (index >= 0 && nextGoodInSegment()) {
        return true;
      }
      if (index + 1 >= segments.size()) {
        close();
        if (torn != null) {
          throw torn.go(this);
        }
        return false;
      }
      open(index + 1);
    }
  }

  /// Moves on in the segment; what is corrupt is stepped over.
  private boolean nextGoodInSegment() {
    while (true) {
      try {
        if (!nextInSegment()) {
          return false;
        }
      } catch (CorruptFileException e) {
        torn = torn == null ? new Torn(e, index, recordOffset) : torn;
        at = resumeAt;
        continue;
      }
      if (torn != null) {
        skipped.add(torn.corruption);
        torn = null;
      }
      return true;
    }
  }

  /// What could not be read although something good follows it: the log goes on without it.
  public List<CorruptFileException> skipped() {
    return skipped;
  }

  /// Whether the record is one of float samples that nobody needs: its bytes are not there.
  public boolean isLeftOut() {
    return leftOut;
  }

  /// The record's bytes, valid in `[0, length())` until the next `next`.
  public byte[] record() {
    return record;
  }

  public int length() {
    return length;
  }

  /// Which of the given segments is being read.
  public Numbered segment() {
    return segments.get(Math.max(0, index));
  }

  /// Where in its segment the record begins at which the last `next` stopped or failed.
  public long recordOffset() {
    return recordOffset;
  }

  private void open(int next) {
    close();
    index = next;
    at = 0;
    arena = Arena.ofShared();
    bytes = disk.map(segments.get(next).path(), arena);
  }

  private long position(long offset) {
    return WalPosition.of(segment().number(), offset);
  }

  /// Moves behind the span to be skipped that begins here, if there is one.
  private void skip() {
    long[] spans = skips.spans();
    long here = position(at);
    while (nextSkip < spans.length && spans[nextSkip + 1] <= here) {
      nextSkip += 2;
    }
    if (nextSkip < spans.length && spans[nextSkip] <= here) {
      at = Math.min(bytes.byteSize(), WalPosition.offsetBytes(spans[nextSkip + 1]));
    }
  }

  private boolean nextInSegment() {
    storedLength = 0;
    if (torn == null) {
      skip();
    }
    recordOffset = at;
    boolean begun = false;
    while (true) {
      if (at >= bytes.byteSize()) {
        if (begun) {
          throw corrupt(at, "the segment ends within a record");
        }
        return false;
      }
      int head = bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
      int type = head & WalFormat.TYPE_MASK;
      if (type == WalFormat.PAGE_END) {
        skipPage(head);
        if (!begun) {
          recordOffset = at;
        }
        continue;
      }
      long start = at;
      fragment();
      switch (type) {
        case WalFormat.FULL -> expect(!begun, start, "a full record within another one");
        case WalFormat.FIRST -> expect(!begun, start, "a record begins within another one");
        case WalFormat.MIDDLE, WalFormat.LAST -> {
          if (!begun && torn != null) {
            // Belongs to what is lost.
            storedLength = 0;
            recordOffset = at;
            continue;
          }
          expect(begun, at, "the middle of a record without its begin");
        }
        default -> throw corrupt(recordOffset, "fragment of unknown type " + type);
      }
      begun = true;
      if (type == WalFormat.FULL || type == WalFormat.LAST) {
        leftOut = position(recordOffset) < skips.samplesFrom() && isSamples(head);
        if (!leftOut) {
          decompress(head);
        }
        return true;
      }
    }
  }

  private void expect(boolean good, long goOnAt, String found) {
    if (!good) {
      CorruptFileException corruption = corrupt(recordOffset, found);
      resumeAt = goOnAt;
      throw corruption;
    }
  }

  private void skipPage(int head) {
    long end = Math.min(bytes.byteSize(), (at / WalFormat.PAGE_BYTES + 1) * WalFormat.PAGE_BYTES);
    if (head != 0) {
      throw corrupt(at, "a fragment without a type, but with flags " + head);
    }
    for (long i = at; i < end; i++) {
      if (bytes.get(ValueLayout.JAVA_BYTE, i) != 0) {
        throw corrupt(at, "unexpected non-zero byte in padded page");
      }
    }
    at = end;
  }

  /// Checks the fragment at `at`, appends its data to `stored` and moves behind it.
  private void fragment() {
    long inPage = at % WalFormat.PAGE_BYTES;
    if (at + WalFormat.HEADER_BYTES > bytes.byteSize()) {
      throw corrupt(at, "the segment ends within the header of a fragment");
    }
    int size = bytes.get(SHORT, at + 1) & 0xffff;
    int expected = bytes.get(INT, at + 3);
    long data = at + WalFormat.HEADER_BYTES;
    if (inPage + WalFormat.HEADER_BYTES + size > WalFormat.PAGE_BYTES) {
      throw corrupt(at, "a fragment of " + size + " bytes crosses the end of its page");
    }
    if (data + size > bytes.byteSize()) {
      throw corrupt(at, "the segment ends within a fragment of " + size + " bytes");
    }
    if (storedLength + size > stored.length) {
      stored = Arrays.copyOf(stored, Math.max(stored.length * 2, storedLength + size));
    }
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, data, stored, storedLength, size);
    crc.reset();
    crc.update(stored, storedLength, size);
    if ((int) crc.getValue() != expected) {
      CorruptFileException corruption =
          corrupt(
              at,
              "unexpected checksum "
                  + Integer.toHexString((int) crc.getValue())
                  + ", expected "
                  + Integer.toHexString(expected));
      // If not the length is what is wrong, the next fragment follows here.
      resumeAt = data + size;
      throw corruption;
    }
    storedLength += size;
    at = data + size;
  }

  /// Whether the stored record is one of float samples, as far as that can be told cheaply. With
  /// snappy, the first byte of a record stands plain behind its length and a tag.
  private boolean isSamples(int head) {
    int at = 0;
    if ((head & WalFormat.ZSTD) != 0) {
      return false;
    }
    if ((head & WalFormat.SNAPPY) != 0) {
      while (at < storedLength && stored[at] < 0) {
        at++;
      }
      int tag = ++at < storedLength ? stored[at] & 0xff : 0xff;
      if ((tag & 3) != 0) {
        return false;
      }
      int length = tag >>> 2;
      at += length < 60 ? 1 : length - 58;
    }
    return at < storedLength
        && (stored[at] == WalFormat.SAMPLES || stored[at] == WalFormat.SAMPLES_WITH_START);
  }

  private void decompress(int head) {
    boolean isSnappy = (head & WalFormat.SNAPPY) != 0;
    boolean isZstd = (head & WalFormat.ZSTD) != 0;
    if (!isSnappy && !isZstd) {
      record = stored;
      length = storedLength;
      return;
    }
    try {
      long size =
          isSnappy
              ? snappy.getUncompressedLength(stored, 0)
              : zstd.getDecompressedSize(stored, 0, storedLength);
      if (size < 0 || size > 1 << 30) {
        throw corrupt(recordOffset, "a record of " + size + " bytes");
      }
      if (size > plain.length) {
        plain = new byte[(int) Math.max(size, plain.length * 2L)];
      }
      length =
          isSnappy
              ? snappy.decompress(stored, 0, storedLength, plain, 0, plain.length)
              : zstd.decompress(stored, 0, storedLength, plain, 0, plain.length);
      record = plain;
    } catch (MalformedInputException | IndexOutOfBoundsException e) {
      CorruptFileException corruption =
          corrupt(recordOffset, "the record does not decompress: " + e.getMessage());
      resumeAt = at;
      throw corruption;
    }
  }

  private CorruptFileException corrupt(long offset, String found) {
    resumeAt = (at / WalFormat.PAGE_BYTES + 1) * WalFormat.PAGE_BYTES;
    return new CorruptFileException(segment().path().toString(), offset, found);
  }

  @Override
  public void close() {
    if (arena != null) {
      bytes = MemorySegment.NULL;
      arena.close();
      arena = null;
    }
  }
}
