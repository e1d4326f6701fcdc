package io.narthex.tsdb;

import io.narthex.tsdb.head.ReplayProgress;

/// How far opening has come, for `/api/v1/status/walreplay`: made before, looked at from any thread
/// while {@link Tsdb#open} runs.
public final class ReplayStatus {

  final ReplayProgress progress = new ReplayProgress();
  private volatile boolean done;

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
