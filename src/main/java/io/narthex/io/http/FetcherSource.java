package io.narthex.io.http;

/// A configured HTTP client that can be opened. Sources that are equal open clients that do the
/// same, so that a changed configuration can be told from an unchanged one.
public interface FetcherSource {

  /// A client of its own, to be closed by the caller.
  ///
  /// @throws IllegalArgumentException if a file that the configuration names cannot be used
  Fetcher open();
}
