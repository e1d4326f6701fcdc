package io.narthex.scrape;

import java.util.Arrays;

/// Finds series texts by their length and hash, those of the body before and of the new one, while
/// a body is read whose shape has changed. What it finds is an entry of the old table (>= 0), or
/// one of the new table as its complement (< 0). Reusable by `clear`; not thread-safe.
final class TextIndex {

  /// Nothing was found; no entry has this number.
  static final int NONE = Integer.MIN_VALUE;

  private int[] slots = new int[64];
  private int[] hashes = new int[64];
  private int size;

  private LineTable old = new LineTable(0);
  private LineTable lines = new LineTable(0);

  /// Starts over with all series of `lines` and those of `old` that are no repetitions.
  void build(LineTable old, LineTable lines) {
    this.old = old;
    this.lines = lines;
    size = 0;
    int needed = Integer.highestOneBit(Math.max(32, old.size + lines.size)) << 2;
    if (slots.length < needed || slots.length > needed * 8) {
      slots = new int[needed];
      hashes = new int[needed];
    }
    Arrays.fill(slots, NONE);
    for (int i = 0; i < lines.size; i++) {
      if (!lines.is(i, LineTable.COMMENT | LineTable.REPEATED)) {
        add(slotHash(lines.hashes[i]), ~i);
      }
    }
    for (int i = 0; i < old.size; i++) {
      if (!old.is(i, LineTable.COMMENT | LineTable.REPEATED)) {
        add(slotHash(old.hashes[i]), i);
      }
    }
  }

  /// Lets go of the tables.
  void clear() {
    old = lines = new LineTable(0);
  }

  /// The entry whose text has this length and hash, or `NONE`.
  int find(int length, long textHash) {
    int mask = slots.length - 1;
    int hash = slotHash(textHash);
    for (int s = hash & mask; slots[s] != NONE; s = s + 1 & mask) {
      if (hashes[s] == hash && isSame(slots[s], length, textHash)) {
        return slots[s];
      }
    }
    return NONE;
  }

  /// Adds the new table's entry `line`.
  void addLine(int line) {
    if (size * 2 > slots.length) {
      grow();
    }
    add(slotHash(lines.hashes[line]), ~line);
  }

  private void add(int hash, int entry) {
    int mask = slots.length - 1;
    int s = hash & mask;
    while (slots[s] != NONE) {
      s = s + 1 & mask;
    }
    slots[s] = entry;
    hashes[s] = hash;
    size++;
  }

  private void grow() {
    int[] oldSlots = slots;
    int[] oldHashes = hashes;
    slots = new int[oldSlots.length * 2];
    hashes = new int[slots.length];
    size = 0;
    Arrays.fill(slots, NONE);
    for (int s = 0; s < oldSlots.length; s++) {
      if (oldSlots[s] != NONE) {
        add(oldHashes[s], oldSlots[s]);
      }
    }
  }

  private boolean isSame(int entry, int length, long textHash) {
    LineTable table = entry >= 0 ? old : lines;
    int i = entry >= 0 ? entry : ~entry;
    return table.textLengths[i] == length && table.hashes[i] == textHash;
  }

  private static int slotHash(long textHash) {
    return (int) (textHash >>> 32);
  }
}
