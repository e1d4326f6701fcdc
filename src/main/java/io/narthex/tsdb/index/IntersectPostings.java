package io.narthex.tsdb.index;

/// Ids that are in all lists: each list in turn jumps to the candidate of the others.
final class IntersectPostings implements Postings {

  /// The shortest list first.
  private final Postings[] lists;

  private long at = -1;

  IntersectPostings(Postings[] lists) {
    this.lists = lists;
  }

  @Override
  public long next() {
    return at == END ? END : agree(lists[0].next());
  }

  @Override
  public long seek(long id) {
    return at >= id ? at : agree(lists[0].seek(id));
  }

  private long agree(long first) {
    long candidate = first;
    int i = 1;
    while (candidate != END && i < lists.length) {
      long id = lists[i].seek(candidate);
      if (id == candidate) {
        i++;
      } else {
        candidate = id == END ? END : lists[0].seek(id);
        i = 1;
      }
    }
    at = candidate;
    return at;
  }

  @Override
  public long at() {
    return at;
  }

  @Override
  public long sizeBound() {
    return lists[0].sizeBound();
  }
}
