package io.narthex.storage;

/// A storage that can be read.
public interface Queryable {

  /// A reader of the samples with `minMs <= t <= maxMs` (both inclusive). The caller closes it.
  Querier querier(long minMs, long maxMs);

  /// Waits until a reader of this span can be had at once; false if that takes longer than
  /// `patienceMs`. A storage that is still being opened lets readers of what it does not know yet
  /// wait; who does not ask here waits in {@link #querier}. Not for an event loop.
  default boolean await(long minMs, long maxMs, long patienceMs) throws InterruptedException {
    return true;
  }
}
