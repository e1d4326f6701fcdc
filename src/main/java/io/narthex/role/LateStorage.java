package io.narthex.role;

import io.narthex.storage.Appendable;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.StorageException;
import org.jspecify.annotations.Nullable;

/// Stands in for the storage while that is still reading its log: whoever asks too early gets a
/// clear answer.
final class LateStorage implements Appendable, Queryable {

  private static final String NOT_READY = "TSDB not ready";

  private volatile @Nullable Appendable writes;
  private volatile @Nullable Queryable reads;

  <T extends Appendable & Queryable> void ready(T storage) {
    reads = storage;
    writes = storage;
  }

  @Override
  public Appender appender() {
    Appendable storage = writes;
    if (storage == null) {
      throw new StorageException(NOT_READY);
    }
    return storage.appender();
  }

  @Override
  public Querier querier(long minMs, long maxMs) {
    Queryable storage = reads;
    if (storage == null) {
      throw new StorageException(NOT_READY);
    }
    return storage.querier(minMs, maxMs);
  }
}
