package io.narthex.tsdb.index;

/// Ids of a bit set: bit `i` stands for the id `base + i`.
final class BitPostings implements Postings {

  private final long base;
  private final long[] words;
  private final int size;
  private long at = -1;

  BitPostings(long base, long[] words, int size) {
    this.base = base;
    this.words = words;
    this.size = size;
  }

  @Override
  public long next() {
    return at == END ? END : from(at < base ? base : at + 1);
  }

  @Override
  public long seek(long id) {
    return at >= id ? at : from(Math.max(id, base));
  }

  private long from(long id) {
    long bit = id - base;
    int word = (int) Math.min(bit >>> 6, words.length);
    if (word < words.length) {
      long rest = words[word] >>> bit << bit;
      while (rest == 0 && ++word < words.length) {
        rest = words[word];
      }
      if (rest != 0) {
        at = base + 64L * word + Long.numberOfTrailingZeros(rest);
        return at;
      }
    }
    at = END;
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
