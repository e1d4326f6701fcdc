package io.narthex.tsdb.head;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Memory of open chunks: blocks of 64 bytes outside the heap, seven words of chunk bits and one
/// that names the block before. Chunks grow block by block, so nothing is copied and at most one
/// block a series is partly empty, whatever its samples look like. Blocks are reused, never given
/// back to the system before the head is gone.
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
  private static final int NONE = -1;
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

  private volatile MemorySegment[] slabs = new MemorySegment[0];
  private int used;
  private int freeHead = NONE;
  private int freeCount;

  /// A block whose predecessor is `previous`. Its words are garbage.
  int allocate(int previous) {
    int block = freeHead;
    if (block != NONE) {
      freeHead = previous(block);
      freeCount--;
    } else {
      if (used == slabs.length << SLAB_SHIFT) {
        addSlab();
      }
      block = used++;
    }
    slab(block).set(WORD, offset(block) + PREVIOUS, previous);
    return block;
  }

  private void addSlab() {
    MemorySegment[] more = Arrays.copyOf(slabs, slabs.length + 1);
    more[slabs.length] = Arena.ofAuto().allocate((long) SLAB_BLOCKS * BLOCK_BYTES, BLOCK_BYTES);
    slabs = more;
  }

  /// Frees a chain of `blocks` blocks that ends in `tail`.
  void free(int tail, int blocks) {
    int first = tail;
    for (int i = 1; i < blocks; i++) {
      first = previous(first);
    }
    slab(first).set(WORD, offset(first) + PREVIOUS, freeHead);
    freeHead = tail;
    freeCount += blocks;
  }

  int previous(int block) {
    return (int) slab(block).get(WORD, offset(block) + PREVIOUS);
  }

  /// Whether there is such a block: garbage that a reader takes for a block number may name none.
  boolean exists(int block) {
    return block >= 0 && block < slabs.length << SLAB_SHIFT;
  }

  /// The slab that holds `block`.
  MemorySegment slab(int block) {
    return slabs[block >>> SLAB_SHIFT];
  }

  /// Where in its slab the block begins.
  static long offset(int block) {
    return (long) (block & (SLAB_BLOCKS - 1)) * BLOCK_BYTES;
  }

  /// Bytes taken from the system.
  long allocatedBytes() {
    return (long) slabs.length * SLAB_BLOCKS * BLOCK_BYTES;
  }

  /// Bytes in blocks that belong to chunks.
  long usedBytes() {
    return (long) (used - freeCount) * BLOCK_BYTES;
  }
}
