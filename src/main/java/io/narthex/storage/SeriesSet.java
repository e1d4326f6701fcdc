package io.narthex.storage;

import java.util.List;

/// Series one after another. Not thread-safe; the series it hands out stay valid until the querier
/// is closed.
public interface SeriesSet {

  /// Moves on; false at the end.
  ///
  /// @throws StorageException if the data cannot be read
  boolean next();

  /// The series at which the last `next` stopped.
  Series at();

  /// What the reader should know although the answer is usable; complete once `next` has returned
  /// false.
  default List<String> warnings() {
    return List.of();
  }

  /// No series.
  static SeriesSet empty() {
    return of(List.of());
  }

  /// The series of a list, in its order.
  static SeriesSet of(List<? extends Series> series) {
    return new SeriesSet() {
      private int at = -1;

      @Override
      public boolean next() {
        return ++at < series.size();
      }

      @Override
      public Series at() {
        return series.get(at);
      }
    };
  }
}
