package io.narthex.tsdb.head;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Memory of open chunks: blocks of 64 bytes outside the heap, seven words of chunk bits and one
/// that names the block before. Chunks grow block by block, so nothing is copied and at most one
/// block a series is partly empty, whatever its samples look like. Each page of series has its own
/// supply, so that what is scraped together lies together: with blocks from all over the place most
/// of the time goes into cache and TLB misses. Blocks are reused, never given back to the system
/// before the head is gone.
///
/// One thread allocates, frees and writes (under the head's commit lock). Readers may look at any
/// block at any time: what they see counts only if the series' version has not changed.
final class ChunkSlabs {

  static final int WORDS = 7;
  static final int BLOCK_BITS = WORDS * 64;

  private static final int BLOCK_BYTES = 64;
  private static final int PREVIOUS = WORDS * 8;
  private static final int SLAB_SHIFT = 14;
  private static final int SLAB_BLOCKS = 1 << SLAB_SHIFT;
  static final int SLAB_BYTES = SLAB_BLOCKS * BLOCK_BYTES;

  /// Blocks that a page gets at once: they fill a page of the operating system.
  private static final int RUN = 64;

  private static final int NONE = -1;
  private final HeadMemory memory;

  /// Keeps the slabs from being freed while this object lives.
  private MemorySegment[] slabs = new MemorySegment[0];

  /// Where each slab begins.
  private volatile long[] starts = new long[0];

  /// Blocks from here on were never used.
  private int fresh;

  /// Blocks of adopted slabs that belonged to chunks then, or null once all others are in use;
  /// linking these would take longer than all the rest of a start.
  private @Nullable BitSet adopted;

  private int nextAdopted;
  private int adoptedEnd;
  private int loose = NONE;
  private int looseCount;
  private long usedBlocks;

  ChunkSlabs(HeadMemory memory) {
    this.memory = memory;
  }

  /// A block for a series of `page`, whose predecessor is `previous`. Its words are garbage.
  int allocate(SeriesPage page, int previous) {
    if (page.freeBlocks == NONE) {
      supply(page);
    }
    int block = page.freeBlocks;
    long address = address(block);
    page.freeBlocks = (int) Words.get(address + PREVIOUS);
    usedBlocks++;
    Words.put(address + PREVIOUS, previous);
    return block;
  }

  /// Gives a page a run of neighbouring blocks.
  private void supply(SeriesPage page) {
    BitSet known = adopted;
    if (known != null && supplyAdopted(page, known)) {
      return;
    }
    if (looseCount >= RUN) {
      for (int i = 0; i < RUN; i++) {
        int block = loose;
        loose = previous(block);
        give(page, block);
      }
      looseCount -= RUN;
      return;
    }
    if (fresh == starts.length << SLAB_SHIFT) {
      addSlab();
    }
    fresh += RUN;
    for (int i = 1; i <= RUN; i++) {
      give(page, fresh - i);
    }
  }

  private void give(SeriesPage page, int block) {
    Words.put(address(block) + PREVIOUS, page.freeBlocks);
    page.freeBlocks = block;
  }

  private void addSlab() {
    MemorySegment slab = memory.slab(slabs.length);
    slabs = Arrays.copyOf(slabs, slabs.length + 1);
    slabs[slabs.length - 1] = slab;
    long[] more = Arrays.copyOf(starts, slabs.length);
    more[slabs.length - 1] = slab.address();
    starts = more;
  }

  /// Takes over the slabs of an earlier process.
  void adopt(List<MemorySegment> found) {
    slabs = found.toArray(MemorySegment[]::new);
    starts = found.stream().mapToLong(MemorySegment::address).toArray();
    fresh = starts.length << SLAB_SHIFT;
    adoptedEnd = fresh;
  }

  /// Makes use of all blocks of adopted slabs that are not in `used`.
  void freeAllBut(BitSet used) {
    usedBlocks = used.cardinality();
    adopted = used;
  }

  /// Gives a page the next free blocks of adopted slabs; false if there are none any more.
  private boolean supplyAdopted(SeriesPage page, BitSet known) {
    int end = adoptedEnd;
    int given = 0;
    int block = known.nextClearBit(nextAdopted);
    while (given < RUN && block < end) {
      give(page, block);
      given++;
      block = known.nextClearBit(block + 1);
    }
    nextAdopted = block;
    if (block >= end) {
      adopted = null;
    }
    return given > 0;
  }

  /// Frees a chain of `blocks` blocks that ends in `tail`, for other series of the page.
  void free(SeriesPage page, int tail, int blocks) {
    int first = tail;
    for (int i = 1; i < blocks; i++) {
      first = previous(first);
    }
    Words.put(address(first) + PREVIOUS, page.freeBlocks);
    page.freeBlocks = tail;
    usedBlocks -= blocks;
  }

  /// Takes the free blocks of a page that is given up.
  void release(SeriesPage page) {
    while (page.freeBlocks != NONE) {
      int block = page.freeBlocks;
      page.freeBlocks = previous(block);
      Words.put(address(block) + PREVIOUS, loose);
      loose = block;
      looseCount++;
    }
  }

  int previous(int block) {
    return (int) Words.get(address(block) + PREVIOUS);
  }

  /// Whether there is such a block: garbage that a reader takes for a block number may name none.
  boolean exists(int block) {
    return block >= 0 && block < starts.length << SLAB_SHIFT;
  }

  /// Address of the first word of a block that exists.
  long address(int block) {
    return starts[block >>> SLAB_SHIFT] + (long) (block & (SLAB_BLOCKS - 1)) * BLOCK_BYTES;
  }

  /// Bytes taken from the system.
  long allocatedBytes() {
    return (long) slabs.length * SLAB_BLOCKS * BLOCK_BYTES;
  }

  /// Bytes in blocks that belong to chunks.
  long usedBytes() {
    return usedBlocks * BLOCK_BYTES;
  }
}
