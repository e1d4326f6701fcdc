package io.narthex.ui;

import java.util.List;

/// How many rows a page still has room for: a server may have ten thousand targets, and a browser
/// dislikes ten thousand rows.
///
/// Thread rule: one page, one thread.
final class RowBudget {

  private static final int MAX_ROWS = 500;
  private static final int MAX_ROWS_PER_POOL = 100;

  private final boolean onePool;
  private int left = MAX_ROWS;

  /// @param filter a page of one pool shows more of it, from the filter's row on
  RowBudget(RowFilter filter) {
    this.onePool = !filter.pool().isEmpty();
  }

  /// The part of `matching` to show. Empty although something matches if the page is full.
  <T> Slice<T> take(List<T> matching, RowFilter filter) {
    int from = onePool ? Math.min(filter.from(), Math.max(0, matching.size() - 1)) : 0;
    int most = onePool ? MAX_ROWS : Math.min(left, MAX_ROWS_PER_POOL);
    int to = Math.min(matching.size(), from + most);
    left -= to - from;
    return new Slice<>(matching.subList(from, to), from, matching.size());
  }

  /// Rows `[from, to)` of `total`.
  record Slice<T>(List<T> rows, int from, int total) {

    int to() {
      return from + rows.size();
    }

    /// Addresses of the rows before and after, relative to the page.
    Turns turns(RowFilter filter, String pool) {
      return new Turns(
          from + 1,
          to(),
          total,
          from > 0 ? filter.link(pool, Math.max(0, from - MAX_ROWS)) : "",
          to() < total ? filter.link(pool, to()) : "");
    }
  }

  /// What stands below a pool's rows.
  ///
  /// @param first number of the first row that is shown, from 1
  /// @param previous address of the rows before, empty if there are none
  /// @param next address of the rows after, empty if there are none
  record Turns(int first, int last, int total, String previous, String next) {

    public boolean any() {
      return !previous.isEmpty() || !next.isEmpty();
    }
  }
}
