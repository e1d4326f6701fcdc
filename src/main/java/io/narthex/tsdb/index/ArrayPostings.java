package io.narthex.tsdb.index;

/// Ids of an array.
final class ArrayPostings implements Postings {

  private final long[] ids;
  private final int size;
  private int index = -1;

  ArrayPostings(long[] ids, int size) {
    this.ids = ids;
    this.size = size;
  }

  @Override
  public long next() {
    if (index < size) {
      index++;
    }
    return at();
  }

  @Override
  public long seek(long id) {
    long current = at();
    if (current >= id) {
      return current;
    }
    // Doubling steps first: the next hit is mostly near.
    int low = index;
    int step = 1;
    while (low + step < size && ids[low + step] < id) {
      low += step;
      step <<= 1;
    }
    int high = Math.min(low + step, size);
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (ids[middle] < id) {
        low = middle;
      } else {
        high = middle;
      }
    }
    index = high;
    return at();
  }

  @Override
  public long at() {
    return index < 0 ? -1 : index < size ? ids[index] : END;
  }

  @Override
  public long sizeBound() {
    return size;
  }
}
