package io.narthex.tsdb.head;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// Words of memory outside the heap, by address: what compiles to a plain load or store. Whoever
/// has an address also holds what keeps the memory there.
final class Words {

  static final int BYTES = Long.BYTES;

  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

  /// Not to be told that addresses are multiples of eight spares a look at each.
  private static final ValueLayout.OfLong ANY_WORD = ValueLayout.JAVA_LONG_UNALIGNED;

  private static final VarHandle ORDERED = WORD.varHandle();

  /// All of the address space. A constant, so that nothing is left of the checks: where an address
  /// could be wrong, its owner looks at the number that it was made of.
  private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Words() {}

  /// The word at an address.
  static long get(long address) {
    return MEMORY.get(ANY_WORD, address);
  }

  /// Word `index` of a row that begins at `address`.
  static long get(long address, int index) {
    return MEMORY.get(ANY_WORD, address + ((long) index << 3));
  }

  /// Changes the word at an address.
  static void put(long address, long word) {
    MEMORY.set(ANY_WORD, address, word);
  }

  /// Changes word `index` of a row.
  static void put(long address, int index, long word) {
    MEMORY.set(ANY_WORD, address + ((long) index << 3), word);
  }

  /// As `get`, and before everything that is read later.
  static long getAcquire(long address, int index) {
    return (long) ORDERED.getAcquire(MEMORY, address + ((long) index << 3));
  }

  /// As `get`, but sees in the end what others have put.
  static long getOpaque(long address, int index) {
    return (long) ORDERED.getOpaque(MEMORY, address + ((long) index << 3));
  }

  /// Copies `words` words to the front of `out`.
  static void copy(long address, long[] out, int words) {
    MemorySegment.copy(MEMORY, ANY_WORD, address, out, 0, words);
  }

  /// Sets a span to zero.
  static void clear(long address, long bytes) {
    MEMORY.asSlice(address, bytes).fill((byte) 0);
  }
}
