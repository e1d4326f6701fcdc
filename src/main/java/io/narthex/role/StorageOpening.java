package io.narthex.role;

import io.narthex.tsdb.Tsdb;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The storage on its way: it is opened beside the rest of the start, because reading the log takes
/// as long as everything else together, or longer.
final class StorageOpening implements AutoCloseable {

  private final CompletableFuture<Tsdb> opened;

  /// Begins at once, on `executor`.
  StorageOpening(Supplier<Tsdb> open, Executor executor) {
    opened = CompletableFuture.supplyAsync(open, executor);
  }

  /// Waits until it is open; throws what kept it from that.
  Tsdb await() {
    try {
      return opened.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException own -> throw own;
        case Error own -> throw own;
        case null, default -> throw e;
      }
    }
  }

  /// Closes the storage, once it is open.
  @Override
  public void close() {
    if (opened.handle((tsdb, failure) -> failure == null).join()) {
      opened.join().close();
    }
  }
}
