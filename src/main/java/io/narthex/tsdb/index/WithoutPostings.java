package io.narthex.tsdb.index;

/// Ids of one list that are not in another.
final class WithoutPostings implements Postings {

  private final Postings from;
  private final Postings removed;

  WithoutPostings(Postings from, Postings removed) {
    this.from = from;
    this.removed = removed;
  }

  @Override
  public long next() {
    return pass(from.next());
  }

  @Override
  public long seek(long id) {
    return from.at() >= id ? from.at() : pass(from.seek(id));
  }

  private long pass(long first) {
    long id = first;
    while (id != END && removed.seek(id) == id) {
      id = from.next();
    }
    return id;
  }

  @Override
  public long at() {
    return from.at();
  }

  @Override
  public long sizeBound() {
    return from.sizeBound();
  }
}
