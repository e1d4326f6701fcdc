package io.narthex.storage;

import io.narthex.model.labels.Matcher;
import java.util.List;

/// Reads a span of time of a storage as it stood when the querier was made: a scrape is seen whole
/// or not at all. Closing it releases blocks and mapped files. Not thread-safe itself.
public interface Querier extends AutoCloseable {

  /// The series that fulfil all matchers and have samples in the querier's span (storage may add
  /// some that have none).
  ///
  /// @param sorted whether the series must come in label order
  SeriesSet select(boolean sorted, SelectHints hints, List<Matcher> matchers);

  /// Sorted distinct names of labels of series that fulfil all matchers.
  ///
  /// @param limit most names wanted, 0 for all
  List<String> labelNames(int limit, List<Matcher> matchers);

  /// Sorted distinct values of the label `name` of series that fulfil all matchers.
  ///
  /// @param limit most values wanted, 0 for all
  List<String> labelValues(String name, int limit, List<Matcher> matchers);

  @Override
  void close();
}
