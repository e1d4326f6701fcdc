package io.narthex.tsdb.head;

import static io.narthex.tsdb.head.SeriesPage.LAST_T;
import static io.narthex.tsdb.head.SeriesPage.LAST_V;
import static io.narthex.tsdb.head.SeriesPage.MIN_T;
import static io.narthex.tsdb.head.SeriesPage.NEXT_DELTA;
import static io.narthex.tsdb.head.SeriesPage.PREV_BITS_COUNT;
import static io.narthex.tsdb.head.SeriesPage.TAIL_COMMIT;
import static io.narthex.tsdb.head.SeriesPage.VERSION;

import io.narthex.io.bytes.Varint;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Writes the XOR chunk that a series is growing: the same bits as {@link
/// io.narthex.tsdb.chunk.XorAppender} (the layout is described there), but with the state in the
/// series' line and the bits in blocks outside the heap. This is the innermost loop of ingestion.
///
/// Not thread-safe: runs under the head's commit lock, between `beginWrite` and `endWrite`.
final class OpenChunk {

  /// A chunk of this size still takes a sample of the largest kind without passing 1 KiB.
  static final int CUT_BYTES = 1005;

  /// Room that `export` needs.
  static final int MOST_BYTES = 1200;

  private static final int HEADER_BYTES = 2;
  private static final int NO_WINDOW = 0xff;
  private static final long WINDOW_MASK = 0xffff_0000L;
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final ChunkSlabs slabs;

  /// Tail block and bits in it while a sample is being written.
  private int tail;

  private int bits;
  private int blocksBehind;

  OpenChunk(ChunkSlabs slabs) {
    this.slabs = slabs;
  }

  static int count(long word6) {
    return (int) (word6 & 0xffff);
  }

  static int blocksBehind(long word6) {
    return (int) (word6 >>> 25 & 0x7f);
  }

  static int tailBits(long word6) {
    return (int) (word6 >>> 16 & 0x1ff);
  }

  /// Length of the chunk's data, header included.
  static int lengthBytes(long word6) {
    return HEADER_BYTES + (blocksBehind(word6) * ChunkSlabs.BLOCK_BITS + tailBits(word6) + 7) / 8;
  }

  /// Begins a chunk with its first sample. The line must have no open chunk.
  ///
  /// @param endMs when the chunk has to end, at most 2^31-1 ms later
  void begin(long[] line, int base, long tMs, long valueBits, long endMs) {
    tail = slabs.allocate(-1);
    bits = 0;
    blocksBehind = 0;
    long rest = Varint.zigzag(tMs);
    while ((rest & ~0x7fL) != 0) {
      put(rest & 0x7f | 0x80, 8);
      rest >>>= 7;
    }
    put(rest, 8);
    put(valueBits, 64);
    line[base + MIN_T] = tMs;
    line[base + NEXT_DELTA] = (endMs - tMs) << 32;
    line[base + VERSION] = line[base + VERSION] & ~WINDOW_MASK | (long) NO_WINDOW << 24;
    finish(line, base, tMs, valueBits, 1);
  }

  /// Adds a sample behind the first one; `tMs` is later than the newest one.
  void append(long[] line, int base, long tMs, long valueBits, int count) {
    long word6 = line[base + PREV_BITS_COUNT];
    tail = (int) (line[base + TAIL_COMMIT] >>> 32);
    bits = tailBits(word6);
    blocksBehind = blocksBehind(word6);
    long delta = tMs - line[base + LAST_T];
    long nextDelta = line[base + NEXT_DELTA];
    long xor = valueBits ^ line[base + LAST_V];
    if (count == 1) {
      long rest = delta;
      while ((rest & ~0x7fL) != 0) {
        put(rest & 0x7f | 0x80, 8);
        rest >>>= 7;
      }
      put(rest, 8);
      value(line, base, xor, 0, 0);
    } else {
      long dod = delta - (nextDelta & 0xffff_ffffL);
      if (dod == 0) {
        value(line, base, xor, 0, 1);
      } else if (fits(dod, 14)) {
        value(line, base, xor, 0b10L << 14 | dod & 0x3fff, 16);
      } else if (fits(dod, 17)) {
        value(line, base, xor, 0b110L << 17 | dod & 0x1ffff, 20);
      } else if (fits(dod, 20)) {
        value(line, base, xor, 0b1110L << 20 | dod & 0xfffff, 24);
      } else {
        put(0b1111, 4);
        put(dod, 64);
        value(line, base, xor, 0, 0);
      }
    }
    line[base + NEXT_DELTA] = nextDelta & 0xffff_ffff_0000_0000L | delta;
    finish(line, base, tMs, valueBits, count + 1);
  }

  private static boolean fits(long value, int bits) {
    long top = 1L << (bits - 1);
    return -top < value && value <= top;
  }

  /// Writes `timeCount` bits of `time` and the value's bits behind them, in one go if they fit.
  private void value(long[] line, int base, long xor, long time, int timeCount) {
    if (xor == 0) {
      put(time << 1, timeCount + 1);
      return;
    }
    long window = line[base + VERSION];
    int leading = (int) (window >>> 24) & 0xff;
    int trailing = (int) (window >>> 16) & 0xff;
    int newLeading = Math.min(31, Long.numberOfLeadingZeros(xor));
    int newTrailing = Long.numberOfTrailingZeros(xor);
    if (newLeading >= leading && newTrailing >= trailing) {
      int width = 64 - leading - trailing;
      int count = timeCount + 2 + width;
      if (count <= 64) {
        put((time << 2 | 0b10) << width | xor >>> trailing, count);
      } else {
        put(time << 2 | 0b10, timeCount + 2);
        put(xor >>> trailing, width);
      }
      return;
    }
    int width = 64 - newLeading - newTrailing;
    line[base + VERSION] =
        window & ~WINDOW_MASK | (long) newLeading << 24 | (long) newTrailing << 16;
    put(time << 13 | 0b11L << 11 | (long) newLeading << 6 | width & 0x3f, timeCount + 13);
    put(xor >>> newTrailing, width);
  }

  /// Appends the low `count` bits of `value`, 1 <= count <= 64; higher bits of `value` are zero.
  private void put(long value, int count) {
    int room = ChunkSlabs.BLOCK_BITS - bits;
    if (count <= room) {
      putInBlock(value, count);
    } else {
      if (room > 0) {
        putInBlock(value >>> (count - room), room);
      }
      tail = slabs.allocate(tail);
      blocksBehind++;
      bits = 0;
      int rest = count - room;
      putInBlock(rest == 64 ? value : value & (1L << rest) - 1, rest);
    }
  }

  private void putInBlock(long value, int count) {
    MemorySegment slab = slabs.slab(tail);
    long at = ChunkSlabs.offset(tail) + (bits >>> 6) * 8L;
    int inWord = bits & 63;
    int left = 64 - inWord;
    if (inWord == 0) {
      slab.set(WORD, at, value << (64 - count));
    } else if (count <= left) {
      slab.set(WORD, at, slab.get(WORD, at) | value << (left - count));
    } else {
      int rest = count - left;
      slab.set(WORD, at, slab.get(WORD, at) | value >>> rest);
      slab.set(WORD, at + 8, value << (64 - rest));
    }
    bits += count;
  }

  private void finish(long[] line, int base, long tMs, long valueBits, int count) {
    line[base + LAST_T] = tMs;
    line[base + LAST_V] = valueBits;
    line[base + TAIL_COMMIT] = (long) tail << 32 | line[base + TAIL_COMMIT] & 0xffff_ffffL;
    line[base + PREV_BITS_COUNT] =
        line[base + PREV_BITS_COUNT] & 0xffff_ffff_0000_0000L
            | (long) blocksBehind << 25
            | (long) bits << 16
            | count;
  }

  /// Frees the blocks of the open chunk; the line then has none.
  void discard(long[] line, int base) {
    long word6 = line[base + PREV_BITS_COUNT];
    if (count(word6) > 0) {
      slabs.free((int) (line[base + TAIL_COMMIT] >>> 32), blocksBehind(word6) + 1);
      line[base + PREV_BITS_COUNT] = word6 & 0xffff_ffff_0000_0000L;
    }
  }

  /// Writes the chunk of a line (or of a copy of one) to `out`, which has at least {@link
  /// #MOST_BYTES}.
  ///
  /// @return its length in bytes; -1 if a block of the chain does not exist, which can only happen
  ///   to a reader whose line has changed meanwhile
  static int export(ChunkSlabs slabs, long tailWord, long word6, byte[] out) {
    int count = count(word6);
    int block = (int) (tailWord >>> 32);
    int behind = blocksBehind(word6);
    if (behind * ChunkSlabs.WORDS * 8 + 64 > MOST_BYTES) {
      return -1;
    }
    out[0] = (byte) (count >>> 8);
    out[1] = (byte) count;
    for (int i = behind; i >= 0; i--) {
      if (!slabs.exists(block)) {
        return -1;
      }
      MemorySegment slab = slabs.slab(block);
      long offset = ChunkSlabs.offset(block);
      int at = HEADER_BYTES + i * ChunkSlabs.WORDS * 8;
      int words = i == behind ? (tailBits(word6) + 63) / 64 : ChunkSlabs.WORDS;
      for (int w = 0; w < words; w++) {
        LONG.set(out, at + w * 8, slab.get(WORD, offset + w * 8L));
      }
      block = slabs.previous(block);
    }
    return lengthBytes(word6);
  }
}
