package io.narthex.role;

import io.narthex.tsdb.ReplayStatus;
import io.narthex.tsdb.ReplayStatus.OpenBlocks;
import io.narthex.tsdb.Tsdb;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The storage on its way: it is opened beside the rest of the start, because reading the log takes
/// as long as everything else together, or longer.
final class StorageOpening implements AutoCloseable {

  private final CompletableFuture<Tsdb> opened;
  private final CompletableFuture<OpenBlocks> blocks;

  /// Begins at once, on `executor`.
  ///
  /// @param status what `open` tells about its progress
  StorageOpening(Supplier<Tsdb> open, ReplayStatus status, Executor executor) {
    opened = CompletableFuture.supplyAsync(open, executor);
    blocks = status.blocks();
  }

  /// Waits until the blocks are open; throws what kept them from that.
  OpenBlocks awaitBlocks() {
    join(CompletableFuture.anyOf(blocks, opened));
    return blocks.join();
  }

  /// Waits until it is open; throws what kept it from that.
  Tsdb await() {
    return join(opened);
  }

  private static <T> T join(CompletableFuture<T> coming) {
    try {
      return coming.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException own -> throw own;
        case Error own -> throw own;
        case null, default -> throw e;
      }
    }
  }

  /// The storage, if it is open within this time, else null.
  @Nullable Tsdb within(long patienceMs) {
    try {
      return opened.get(patienceMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Whoever starts the server is told why.
    }
    return null;
  }

  /// Closes the storage, once it is open.
  @Override
  public void close() {
    if (opened.handle((tsdb, failure) -> failure == null).join()) {
      opened.join().close();
    }
  }
}
