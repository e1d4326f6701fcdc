package io.narthex.tsdb;

import io.narthex.storage.Queryable;
import io.narthex.tsdb.head.ReplayProgress;
import java.util.concurrent.CompletableFuture;

/// How far opening has come, for `/api/v1/status/walreplay`: made before, looked at from any thread
/// while {@link Tsdb#open} runs.
public final class ReplayStatus {

  final ReplayProgress progress = new ReplayProgress();
  private volatile boolean done;

  /// Told when the blocks are open, with the log still to be read.
  ///
  /// @param reader answers from the blocks alone
  /// @param untilMs everything before this lies in blocks; `Long.MIN_VALUE` if nobody knows yet
  public record OpenBlocks(Queryable reader, long untilMs) {}

  private final CompletableFuture<OpenBlocks> blocks = new CompletableFuture<>();

  void opened(OpenBlocks open) {
    blocks.complete(open);
  }

  /// What can be read before the storage is open. Never completed if opening fails before.
  public CompletableFuture<OpenBlocks> blocks() {
    return blocks;
  }

  void finished() {
    done = true;
  }

  /// First segment of the WAL that is read.
  public int min() {
    return progress.first();
  }

  /// Last segment that is read.
  public int max() {
    return progress.last();
  }

  /// The segment that is being read.
  public int current() {
    return progress.current();
  }

  /// Whether the storage is open.
  public boolean done() {
    return done;
  }
}
