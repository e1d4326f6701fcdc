package io.narthex.promql;

import io.narthex.promql.value.QueryStats;
import org.jspecify.annotations.Nullable;

/// Told of queries as they come and go, by the threads that run them; it must not fail and should
/// not wait.
public interface QueryObserver {

  /// Hears nothing.
  QueryObserver NONE =
      new QueryObserver() {
        @Override
        public Runnable began(String query) {
          return () -> {};
        }

        @Override
        public void ended(Ended query) {}
      };

  /// A query got its turn.
  ///
  /// @return run when it is over
  Runnable began(String query);

  /// A query is over, well or not.
  void ended(Ended query);

  /// A query that is over.
  ///
  /// @param startMs first instant that was asked for
  /// @param endMs last instant
  /// @param stepMs 0 for an instant query
  /// @param error what it failed with, or null
  record Ended(
      String query,
      long startMs,
      long endMs,
      long stepMs,
      @Nullable String error,
      QueryStats stats,
      QueryOrigin origin) {}
}
