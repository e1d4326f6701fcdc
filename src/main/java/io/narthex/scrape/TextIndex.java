package io.narthex.scrape;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Finds series texts by their bytes, in the body before and in the new one, while a body is read
/// whose shape has changed. What it finds is an entry of the old table (>= 0), or one of the new
/// table as its complement (< 0). Reusable by `clear`; not thread-safe.
final class TextIndex {

  /// Nothing was found; no entry has this number.
  static final int NONE = Integer.MIN_VALUE;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private int[] slots = new int[64];
  private int[] hashes = new int[64];
  private int size;

  private byte[] oldBody = {};
  private byte[] newBody = {};
  private LineTable old = new LineTable(0);
  private LineTable lines = new LineTable(0);

  /// Starts over with all series of `lines` and those of `old` that are no repetitions.
  void build(byte[] oldBody, LineTable old, byte[] newBody, LineTable lines) {
    this.oldBody = oldBody;
    this.old = old;
    this.newBody = newBody;
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
        add(hash(newBody, lines.starts[i], lines.textLengths[i]), ~i);
      }
    }
    for (int i = 0; i < old.size; i++) {
      if (!old.is(i, LineTable.COMMENT | LineTable.REPEATED)) {
        add(hash(oldBody, old.starts[i], old.textLengths[i]), i);
      }
    }
  }

  /// Lets go of the bodies.
  void clear() {
    oldBody = newBody = new byte[0];
    old = lines = new LineTable(0);
  }

  /// The entry with the text `newBody[start, start + length)`, or `NONE`.
  int find(int start, int length) {
    int mask = slots.length - 1;
    int hash = hash(newBody, start, length);
    for (int s = hash & mask; slots[s] != NONE; s = s + 1 & mask) {
      if (hashes[s] == hash && equal(slots[s], start, length)) {
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
    add(hash(newBody, lines.starts[line], lines.textLengths[line]), ~line);
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

  private boolean equal(int entry, int start, int length) {
    boolean isOld = entry >= 0;
    LineTable table = isOld ? old : lines;
    int i = isOld ? entry : ~entry;
    int from = table.starts[i];
    return table.textLengths[i] == length
        && Arrays.equals(
            newBody, start, start + length, isOld ? oldBody : newBody, from, from + length);
  }

  private static int hash(byte[] bytes, int start, int length) {
    long h = length * 0x9e3779b97f4a7c15L;
    int i = start;
    int to = start + length;
    for (; i + 8 <= to; i += 8) {
      h = (Long.rotateLeft(h, 29) ^ (long) LONGS.get(bytes, i)) * 0x9e3779b97f4a7c15L;
    }
    long rest = 0;
    for (; i < to; i++) {
      rest = rest << 8 | bytes[i] & 0xff;
    }
    h = (Long.rotateLeft(h, 29) ^ rest) * 0x9e3779b97f4a7c15L;
    return (int) (h >>> 32);
  }
}
