package io.narthex.tsdb.head;

import static io.narthex.tsdb.head.SeriesPage.CUT_MIN;
import static io.narthex.tsdb.head.SeriesPage.LAST_T;
import static io.narthex.tsdb.head.SeriesPage.LAST_V;
import static io.narthex.tsdb.head.SeriesPage.NEXT_DELTA;
import static io.narthex.tsdb.head.SeriesPage.PENDING;
import static io.narthex.tsdb.head.SeriesPage.PREV_BITS_COUNT;
import static io.narthex.tsdb.head.SeriesPage.TAIL_COMMIT;
import static io.narthex.tsdb.head.SeriesPage.VERSION;

import io.narthex.io.bytes.Varint;
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
  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final ChunkSlabs slabs;

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
  void begin(SeriesPage page, long line, long tMs, long valueBits, long endMs) {
    int block = slabs.allocate(page, -1);
    Words.put(line, TAIL_COMMIT, (long) block << 32 | Words.get(line, TAIL_COMMIT) & 0xffff_ffffL);
    Words.put(line, PREV_BITS_COUNT, Words.get(line, PREV_BITS_COUNT) & 0xffff_ffff_0000_0000L);
    long kept = ~(WINDOW_MASK | SeriesPage.CHECK_MASK);
    Words.put(line, VERSION, Words.get(line, VERSION) & kept | (long) NO_WINDOW << 24);
    Words.put(line, PENDING, 0);
    long rest = Varint.zigzag(tMs);
    while ((rest & ~0x7fL) != 0) {
      write(page, line, rest & 0x7f | 0x80, 8);
      rest >>>= 7;
    }
    write(page, line, rest, 8);
    write(page, line, valueBits, 64);
    Words.put(line, CUT_MIN, Words.get(line, CUT_MIN) & ~SeriesPage.LOW);
    Words.put(line, NEXT_DELTA, (endMs - tMs) << 32);
    Words.put(line, LAST_T, tMs);
    Words.put(line, LAST_V, valueBits);
    Words.put(line, PREV_BITS_COUNT, Words.get(line, PREV_BITS_COUNT) + 1);
  }

  /// Adds a sample behind the first one; `tMs` is later than the newest one.
  void append(SeriesPage page, long line, long tMs, long valueBits, int count) {
    long delta = tMs - Words.get(line, LAST_T);
    long word4 = Words.get(line, NEXT_DELTA);
    long dod = delta - (word4 & 0xffff_ffffL);
    long xor = valueBits ^ Words.get(line, LAST_V);
    if (count > 1 && dod == 0) {
      value(page, line, xor, 0, 1);
    } else {
      Words.put(line, NEXT_DELTA, word4 & 0xffff_ffff_0000_0000L | delta);
      time(page, line, count, delta, dod, xor);
    }
    Words.put(line, CUT_MIN, Words.get(line, CUT_MIN) + delta);
    Words.put(line, LAST_T, tMs);
    Words.put(line, LAST_V, valueBits);
    Words.put(line, PREV_BITS_COUNT, Words.get(line, PREV_BITS_COUNT) + 1);
  }

  private void time(SeriesPage page, long line, int count, long delta, long dod, long xor) {
    if (count == 1) {
      long rest = delta;
      while ((rest & ~0x7fL) != 0) {
        write(page, line, rest & 0x7f | 0x80, 8);
        rest >>>= 7;
      }
      value(page, line, xor, rest, 8);
    } else if (fits(dod, 14)) {
      value(page, line, xor, 0b10L << 14 | dod & 0x3fff, 16);
    } else if (fits(dod, 17)) {
      value(page, line, xor, 0b110L << 17 | dod & 0x1ffff, 20);
    } else if (fits(dod, 20)) {
      value(page, line, xor, 0b1110L << 20 | dod & 0xfffff, 24);
    } else {
      write(page, line, 0b1111, 4);
      write(page, line, dod, 64);
      value(page, line, xor, 0, 0);
    }
  }

  private static boolean fits(long value, int bits) {
    long top = 1L << (bits - 1);
    return -top < value && value <= top;
  }

  /// Writes `timeCount` bits of `time` and the value's bits behind them, in one go if they fit.
  private void value(SeriesPage page, long line, long xor, long time, int timeCount) {
    if (xor == 0) {
      write(page, line, time << 1, timeCount + 1);
      return;
    }
    long window = Words.get(line, VERSION);
    int leading = (int) (window >>> 24) & 0xff;
    int trailing = (int) (window >>> 16) & 0xff;
    int newLeading = Math.min(31, Long.numberOfLeadingZeros(xor));
    int newTrailing = Long.numberOfTrailingZeros(xor);
    long head;
    int headCount;
    if (newLeading >= leading && newTrailing >= trailing) {
      head = time << 2 | 0b10;
      headCount = timeCount + 2;
    } else {
      leading = newLeading;
      trailing = newTrailing;
      Words.put(
          line, VERSION, window & ~WINDOW_MASK | (long) leading << 24 | (long) trailing << 16);
      head = time << 13 | 0b11L << 11 | (long) leading << 6 | 64 - leading - trailing & 0x3f;
      headCount = timeCount + 13;
    }
    int width = 64 - leading - trailing;
    if (headCount + width <= 64) {
      write(page, line, head << width | xor >>> trailing, headCount + width);
    } else {
      write(page, line, head, headCount);
      write(page, line, xor >>> trailing, width);
    }
  }

  /// Appends the low `count` bits of `value` to the chunk, 1 <= count <= 64; higher bits of `value`
  /// are zero.
  private void write(SeriesPage page, long line, long value, int count) {
    long word6 = Words.get(line, PREV_BITS_COUNT);
    int bits = tailBits(word6);
    if (bits + count > ChunkSlabs.BLOCK_BITS) {
      writeAcross(page, line, value, count, bits);
      return;
    }
    put(line, bits, value, count);
    Words.put(line, PREV_BITS_COUNT, word6 + ((long) count << 16));
  }

  private void writeAcross(SeriesPage page, long line, long value, int count, int bits) {
    int room = ChunkSlabs.BLOCK_BITS - bits;
    if (room > 0) {
      put(line, bits, value >>> (count - room), room);
    }
    long word5 = Words.get(line, TAIL_COMMIT);
    int next = slabs.allocate(page, (int) (word5 >>> 32));
    Words.put(line, TAIL_COMMIT, (long) next << 32 | word5 & SeriesPage.LOW);
    Words.put(line, PENDING, 0);
    int rest = count - room;
    put(line, 0, rest == 64 ? value : value & (1L << rest) - 1, rest);
    long word6 = Words.get(line, PREV_BITS_COUNT);
    Words.put(line, PREV_BITS_COUNT, (word6 & ~(0x1ffL << 16)) + (1L << 25) + ((long) rest << 16));
  }

  /// Writes bits that fit in the block, behind the `bits` that are there.
  private void put(long line, int bits, long value, int count) {
    int inWord = bits & 63;
    long high = value << (64 - count);
    long word = Words.get(line, PENDING) | high >>> inWord;
    if (inWord + count >= 64) {
      int block = (int) (Words.get(line, TAIL_COMMIT) >>> 32);
      Words.put(slabs.address(block), bits >>> 6, word);
      Words.put(line, VERSION, withWord(Words.get(line, VERSION), word));
      word = high << 1 << (63 - inWord);
    }
    Words.put(line, PENDING, word);
  }

  /// The last word of a line when `word` has been written to a block: with what all words of the
  /// chunk there add up to.
  private static long withWord(long word7, long word) {
    long sum = word7 + ((long) hash(word) << SeriesPage.CHECK_SHIFT);
    return word7 & ~SeriesPage.CHECK_MASK | sum & SeriesPage.CHECK_MASK;
  }

  /// What a word of a block adds to the sum, 14 bits.
  static int hash(long word) {
    return (int) (word * SPREAD >>> 50);
  }

  /// Whether the words in the blocks of a chunk add up to what its line says.
  static boolean isSum(int sum, long word7) {
    return ((long) sum << SeriesPage.CHECK_SHIFT & SeriesPage.CHECK_MASK)
        == (word7 & SeriesPage.CHECK_MASK);
  }

  /// Frees the blocks of the open chunk; the line then has none.
  void discard(SeriesPage page, long line) {
    long word6 = Words.get(line, PREV_BITS_COUNT);
    if (count(word6) > 0) {
      slabs.free(page, (int) (Words.get(line, TAIL_COMMIT) >>> 32), blocksBehind(word6) + 1);
      Words.put(line, PREV_BITS_COUNT, word6 & 0xffff_ffff_0000_0000L);
      page.forgetStarts(line);
    }
  }

  /// Writes the chunk of a line to `out`, which has at least {@link #MOST_BYTES}.
  ///
  /// @param line a copy of the line
  /// @return its length in bytes; -1 if a block of the chain does not exist, which can only happen
  ///   to a reader whose line has changed meanwhile
  static int export(ChunkSlabs slabs, long[] line, byte[] out) {
    long word6 = line[PREV_BITS_COUNT];
    int count = count(word6);
    int block = (int) (line[TAIL_COMMIT] >>> 32);
    int behind = blocksBehind(word6);
    int bits = tailBits(word6);
    if (behind * ChunkSlabs.WORDS * 8 + 64 > MOST_BYTES || bits > ChunkSlabs.BLOCK_BITS) {
      return -1;
    }
    out[0] = (byte) (count >>> 8);
    out[1] = (byte) count;
    for (int i = behind; i >= 0; i--) {
      if (!slabs.exists(block)) {
        return -1;
      }
      long address = slabs.address(block);
      int at = HEADER_BYTES + i * ChunkSlabs.WORDS * 8;
      int words = i == behind ? bits >>> 6 : ChunkSlabs.WORDS;
      for (int w = 0; w < words; w++) {
        LONG.set(out, at + w * 8, Words.get(address, w));
      }
      if (i == behind && words < ChunkSlabs.WORDS) {
        LONG.set(out, at + words * 8, line[PENDING]);
      }
      block = slabs.previous(block);
    }
    return lengthBytes(word6);
  }
}
