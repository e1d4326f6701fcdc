package io.narthex.tsdb.head;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// The memory of the pages of lines, in extents of 1 MiB. The first slot of an extent says whose
/// the others are: word `i` is the number of the page in slot `i` plus one, 0 if it is free.
///
/// Under the head's commit lock.
final class LinePages {

  static final int SLOTS = 64;
  static final int EXTENT_BYTES = SLOTS * SeriesPage.BYTES;

  private final IntFunction<MemorySegment> more;
  private final List<MemorySegment> extents = new ArrayList<>();

  /// Slots as `extent * SLOTS + slot`.
  private final ArrayDeque<Integer> free = new ArrayDeque<>();

  /// Slots of pages that a reader may still look at.
  private final List<Integer> resting = new ArrayList<>();

  /// @param more makes the extent with a number
  LinePages(IntFunction<MemorySegment> more) {
    this.more = more;
  }

  /// Takes over an extent that has pages already; its free slots are used from here on.
  void adopt(MemorySegment extent) {
    int number = extents.size();
    extents.add(extent);
    for (int slot = 1; slot < SLOTS; slot++) {
      if (Words.get(extent.address(), slot) == 0) {
        free.add(number * SLOTS + slot);
      }
    }
  }

  /// Memory for the page with number `index`, all zero.
  MemorySegment page(long index) {
    Integer at = free.poll();
    if (at == null) {
      adopt(more.apply(extents.size()));
      at = free.remove();
    }
    MemorySegment extent = extents.get(at / SLOTS);
    MemorySegment memory = slot(extent, at % SLOTS);
    memory.fill((byte) 0);
    VarHandle.storeStoreFence();
    Words.put(extent.address(), at % SLOTS, index + 1);
    return memory;
  }

  /// The memory of a slot.
  static MemorySegment slot(MemorySegment extent, int slot) {
    return extent.asSlice((long) slot * SeriesPage.BYTES, SeriesPage.BYTES);
  }

  /// Gives up a page. Its memory stays as it is until {@link #rested}.
  void free(MemorySegment memory) {
    for (int i = 0; i < extents.size(); i++) {
      long offset = memory.address() - extents.get(i).address();
      if (offset >= 0 && offset < EXTENT_BYTES) {
        int slot = (int) (offset / SeriesPage.BYTES);
        Words.put(extents.get(i).address(), slot, 0);
        resting.add(i * SLOTS + slot);
        return;
      }
    }
    throw new IllegalStateException("BUG: a page from elsewhere");
  }

  /// Nobody looks at the pages any more that were given up so far.
  void rested() {
    free.addAll(resting);
    resting.clear();
  }
}
