package io.narthex.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Joins two sets in label order as they come; a series that both have comes once, with the samples
/// of the left one first. More sets are a tree of these: where sets agree, which neighbouring
/// blocks mostly do, each series costs one comparison a pair, and labels that are equal compare
/// fast.
final class SortedMerge implements SeriesSet {

  private final SeriesSet left;
  private final SeriesSet right;
  private final int most;
  private boolean started;
  private boolean leftHas;
  private boolean rightHas;

  /// How the labels of the left set stand to those of the right one.
  private int order;

  private @Nullable Series current;

  private SortedMerge(SeriesSet left, SeriesSet right, int most) {
    this.left = left;
    this.right = right;
    this.most = most;
  }

  /// The sets as one.
  ///
  /// @param limit how many series at most, 0 for all
  static SeriesSet of(List<SeriesSet> sets, int limit) {
    SeriesSet all = sets.isEmpty() ? SeriesSet.empty() : tree(sets, sets.size());
    return limit > 0 ? new Limited(all, limit) : all;
  }

  private static SeriesSet tree(List<SeriesSet> sets, int most) {
    if (sets.size() == 1) {
      return sets.getFirst();
    }
    int half = (sets.size() + 1) / 2;
    return new SortedMerge(
        tree(sets.subList(0, half), most), tree(sets.subList(half, sets.size()), most), most);
  }

  @Override
  public boolean next() {
    current = null;
    if (!started || leftHas && order <= 0) {
      leftHas = left.next();
    }
    if (!started || rightHas && order >= 0) {
      rightHas = right.next();
    }
    started = true;
    if (!leftHas && !rightHas) {
      return false;
    }
    order = !leftHas ? 1 : !rightHas ? -1 : left.at().labels().compareTo(right.at().labels());
    if (order == 0) {
      current = MergedSeries.join(left.at(), right.at(), most);
    } else {
      current = order < 0 ? left.at() : right.at();
    }
    return true;
  }

  @Override
  public Series at() {
    Series series = current;
    if (series == null) {
      throw new NoSuchElementException("BUG: at() without a next() that returned true");
    }
    return series;
  }

  @Override
  public List<String> warnings() {
    List<String> all = new ArrayList<>(left.warnings());
    all.addAll(right.warnings());
    return all;
  }

  /// The first series of a set.
  private static final class Limited implements SeriesSet {
    private final SeriesSet set;
    private int left;

    Limited(SeriesSet set, int limit) {
      this.set = set;
      left = limit;
    }

    @Override
    public boolean next() {
      return left-- > 0 && set.next();
    }

    @Override
    public Series at() {
      return set.at();
    }

    @Override
    public List<String> warnings() {
      return set.warnings();
    }
  }
}
