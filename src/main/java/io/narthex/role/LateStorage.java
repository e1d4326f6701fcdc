package io.narthex.role;

import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appendable;
import io.narthex.storage.Appender;
import io.narthex.storage.ExemplarQueryable;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.StorageException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stands in for the storage while that is still reading its log: whoever asks too early gets a
/// clear answer.
final class LateStorage implements Appendable, Queryable, ExemplarQueryable {

  private static final String NOT_READY = "TSDB not ready";

  private volatile @Nullable Appendable writes;
  private volatile @Nullable Queryable reads;
  private volatile @Nullable ExemplarQueryable exemplars;

  <T extends Appendable & Queryable & ExemplarQueryable> void ready(T storage) {
    reads = storage;
    exemplars = storage;
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
  public List<SeriesExemplars> exemplars(long minMs, long maxMs, List<List<Matcher>> selectors) {
    ExemplarQueryable storage = exemplars;
    if (storage == null) {
      throw new StorageException(NOT_READY);
    }
    return storage.exemplars(minMs, maxMs, selectors);
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
