package io.narthex.tsdb.index;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Ids of a mapped index: unsigned 32-bit numbers, big-endian.
final class SegmentPostings implements Postings {

  private static final ValueLayout.OfInt ID =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final MemorySegment bytes;
  private final long offset;
  private final int size;
  private int index = -1;
  private long at = -1;

  /// `size` ids from `offset`; the caller has checked that they lie within `bytes`.
  SegmentPostings(MemorySegment bytes, long offset, int size) {
    this.bytes = bytes;
    this.offset = offset;
    this.size = size;
  }

  private long id(int i) {
    return bytes.get(ID, offset + 4L * i) & 0xffff_ffffL;
  }

  @Override
  public long next() {
    if (index < size) {
      index++;
    }
    at = index < size ? id(index) : END;
    return at;
  }

  @Override
  public long seek(long id) {
    if (at >= id) {
      return at;
    }
    int low = index;
    int step = 1;
    while (low + step < size && id(low + step) < id) {
      low += step;
      step <<= 1;
    }
    int high = Math.min(low + step, size);
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (id(middle) < id) {
        low = middle;
      } else {
        high = middle;
      }
    }
    index = high;
    at = index < size ? id(index) : END;
    return at;
  }

  @Override
  public long at() {
    return at;
  }

  @Override
  public long sizeBound() {
    return size;
  }
}
