package io.narthex.scrape;

/// Takes a line for each scrape that failed. What it is written to, and in which form, is the
/// business of whoever opens it.
public interface FailureLog extends AutoCloseable {

  /// Notes a failure. Must not block for long.
  void failed(String jobName, String targetUrl, String error);

  @Override
  void close();

  /// Opens logs by the names of the configuration.
  @FunctionalInterface
  interface Opener {

    /// The log in `file`, appended to.
    ///
    /// @throws IllegalArgumentException if it cannot be written
    FailureLog open(String file);
  }
}
