package io.narthex.promql.exec.series;

import java.util.concurrent.Executor;

/// Threads over which the series of a query are split.
///
/// @param executor runs the lanes beside the query's own thread; its tasks never wait for others
/// @param lanes how many threads a query uses at most, its own included; >= 1
public record Workers(Executor executor, int lanes) {

  /// Everything on the query's own thread.
  public static Workers none() {
    return new Workers(Runnable::run, 1);
  }
}
