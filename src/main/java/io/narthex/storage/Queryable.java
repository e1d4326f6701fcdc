package io.narthex.storage;

/// A storage that can be read.
public interface Queryable {

  /// A reader of the samples with `minMs <= t <= maxMs` (both inclusive). The caller closes it.
  Querier querier(long minMs, long maxMs);
}
