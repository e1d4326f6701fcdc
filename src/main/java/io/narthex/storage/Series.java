package io.narthex.storage;

import io.narthex.model.labels.Labels;

/// One series of an answer. Valid until its querier is closed; `read` may be called from any one
/// thread at a time, and different series from different threads.
public interface Series {

  Labels labels();

  /// Appends to `out` the samples with `minMs <= t <= maxMs` (both inclusive), in time order, each
  /// time at most once.
  ///
  /// @throws StorageException if the data cannot be read
  void read(long minMs, long maxMs, SampleBuffer out);
}
