package io.narthex.tsdb.head;

import static io.narthex.tsdb.head.HeadRecall.require;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Lines and blocks that an earlier process left: whether they fit together, and made ready for new
/// readers. Lines and blocks are looked at in copies, a page or a slab at a time: the loops over
/// arrays are fast before anything else is, and this runs when the program has just been started.
final class RecalledLines {

  private static final int SLAB_BLOCKS = ChunkSlabs.SLAB_BYTES / (8 * Words.BYTES);

  private final HeadState state;
  private final List<MemorySegment> slabs;
  private final List<SeriesPage> pages = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();
  private final long[] lines = new long[SeriesPage.SERIES * SeriesPage.LINE];

  /// How many words of a block count: all, but in the last block of a chunk.
  private final byte[] words;

  /// What they add up to.
  private final short[] sums;

  private final int[] previous;
  private final BitSet used = new BitSet();
  private final BitSet series = new BitSet();
  private int chunks;

  RecalledLines(HeadState state, List<MemorySegment> slabs) {
    this.state = state;
    this.slabs = slabs;
    int blocks = slabs.size() * SLAB_BLOCKS;
    words = new byte[blocks];
    sums = new short[blocks];
    previous = new int[blocks];
    Arrays.fill(words, (byte) ChunkSlabs.WORDS);
  }

  void add(int number, SeriesPage page) {
    numbers.add(number);
    pages.add(page);
  }

  /// References of the series that have samples.
  BitSet series() {
    return series;
  }

  /// Blocks that belong to chunks.
  BitSet used() {
    return used;
  }

  /// @throws RecallException if something does not fit
  void run() {
    for (SeriesPage page : pages) {
      copy(page);
      lookAtTails();
    }
    long[] copy = new long[ChunkSlabs.SLAB_BYTES / Words.BYTES];
    for (int slab = 0; slab < slabs.size(); slab++) {
      addUp(slab, copy);
    }
    for (int p = 0; p < pages.size(); p++) {
      SeriesPage page = pages.get(p);
      copy(page);
      for (int i = 0; i < SeriesPage.SERIES; i++) {
        ready(numbers.get(p) << SeriesPage.SHIFT | i, i * SeriesPage.LINE);
      }
      MemorySegment.copy(lines, 0, page.memory(), ValueLayout.JAVA_LONG, 0, lines.length);
    }
    state.writer.countAdopted(chunks);
  }

  private void copy(SeriesPage page) {
    MemorySegment.copy(page.memory(), ValueLayout.JAVA_LONG, 0, lines, 0, lines.length);
  }

  private void lookAtTails() {
    for (int line = 0; line < lines.length; line += SeriesPage.LINE) {
      long word7 = lines[line + SeriesPage.VERSION];
      require((word7 & SeriesPage.VERSION_STEP) == 0, "the last commit was cut off in a series");
      long word6 = lines[line + SeriesPage.PREV_BITS_COUNT];
      if (OpenChunk.count(word6) > 0) {
        int bits = OpenChunk.tailBits(word6);
        int tail = (int) (lines[line + SeriesPage.TAIL_COMMIT] >>> 32);
        require(
            bits <= ChunkSlabs.BLOCK_BITS && tail >= 0 && tail < words.length,
            "an open chunk without its last block");
        words[tail] = (byte) (bits >>> 6);
      }
    }
  }

  private void addUp(int slab, long[] all) {
    MemorySegment.copy(slabs.get(slab), ValueLayout.JAVA_LONG, 0, all, 0, all.length);
    int block = slab * SLAB_BLOCKS;
    for (int at = 0; at < all.length; at += 8) {
      int sum = 0;
      for (int w = 0; w < words[block]; w++) {
        sum += OpenChunk.hash(all[at + w]);
      }
      sums[block] = (short) sum;
      previous[block] = (int) all[at + ChunkSlabs.WORDS];
      block++;
    }
  }

  /// Makes a line ready for readers, who see all of it.
  private void ready(int ref, int line) {
    long word6 = lines[line + SeriesPage.PREV_BITS_COUNT];
    long word7 = lines[line + SeriesPage.VERSION];
    if ((word7 & SeriesPage.HAS_SAMPLES) != 0) {
      series.set(ref);
    }
    boolean open = OpenChunk.count(word6) > 0;
    if ((word7 & SeriesPage.HISTOGRAMS) != 0) {
      require(!open, "a series has two open chunks");
      // Open histograms are read from the log.
      Arrays.fill(lines, line, line + SeriesPage.LINE, 0);
      return;
    }
    long lastMs = lines[line + SeriesPage.LAST_T];
    if (open && lastMs >= state.minValidMs) {
      long firstMs = SeriesPage.openMinMs(lastMs, lines[line + SeriesPage.CUT_MIN]);
      require(
          (word7 & SeriesPage.HAS_SAMPLES) != 0 && firstMs <= lastMs,
          "an open chunk without samples");
      blocks((int) (lines[line + SeriesPage.TAIL_COMMIT] >>> 32), word6, word7);
      chunks++;
      state.extendTo(Math.max(firstMs, state.minValidMs), lastMs);
      lines[line + SeriesPage.PREV_BITS_COUNT] = word6 & SeriesPage.LOW;
    } else {
      // What was open is in a block of the storage.
      lines[line + SeriesPage.PREV_BITS_COUNT] = 0;
    }
    lines[line + SeriesPage.TAIL_COMMIT] &= ~SeriesPage.LOW;
  }

  /// Looks at the blocks of an open chunk that ends in `tail`.
  private void blocks(int tail, long word6, long word7) {
    int block = tail;
    int sum = 0;
    for (int i = OpenChunk.blocksBehind(word6); i >= 0; i--) {
      require(
          block >= 0 && block < previous.length && !used.get(block),
          "a block of an open chunk is not one");
      used.set(block);
      sum += sums[block];
      block = previous[block];
    }
    require(block == -1, "a chunk goes on before its begin");
    require(OpenChunk.isSum(sum, word7), "the blocks of a chunk are not those of its series");
  }
}
