package io.narthex.tsdb.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A cursor over ascending series ids, each once. Not thread-safe, used up by one pass.
public interface Postings {

  /// What `next` and `seek` return behind the last id.
  long END = Long.MAX_VALUE;

  /// Moves to the next id and returns it, {@link #END} if there is none.
  long next();

  /// Moves to the first id that is at least `id`, and returns it; does not move if the current one
  /// is.
  long seek(long id);

  /// The id of the last move; -1 before the first.
  long at();

  /// No less than the number of ids; a hint for the order of intersections.
  long sizeBound();

  /// No ids.
  static Postings empty() {
    return new ArrayPostings(new long[0], 0);
  }

  /// The first `size` ids of an ascending array, which becomes the cursor's own.
  static Postings of(long[] ids, int size) {
    return new ArrayPostings(ids, size);
  }

  /// Ids that are in all of `lists`, which are not empty.
  static Postings intersect(List<Postings> lists) {
    if (lists.size() == 1) {
      return lists.getFirst();
    }
    List<Postings> sorted = new ArrayList<>(lists);
    sorted.sort(Comparator.comparingLong(Postings::sizeBound));
    return new IntersectPostings(sorted.toArray(new Postings[0]));
  }

  /// Ids that are in any of `lists`.
  static Postings union(List<Postings> lists) {
    return switch (lists.size()) {
      case 0 -> empty();
      case 1 -> lists.getFirst();
      default -> {
        IdCollector ids = new IdCollector();
        lists.forEach(ids::addAll);
        yield ids.toPostings();
      }
    };
  }

  /// Ids of `from` that are not in `removed`.
  static Postings without(Postings from, Postings removed) {
    return removed.sizeBound() == 0 ? from : new WithoutPostings(from, removed);
  }

  /// All ids, as an array of exactly their number.
  default long[] toArray() {
    IdCollector ids = new IdCollector();
    ids.addAll(this);
    return ids.toSortedArray();
  }
}
