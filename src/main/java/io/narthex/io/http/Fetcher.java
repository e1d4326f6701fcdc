package io.narthex.io.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Gets bodies over HTTP. Thread-safe; the connections of a fetcher are closed with it.
public interface Fetcher extends AutoCloseable {

  /// Begins to get a body. `done` is called once, from any thread, mostly that of the connection:
  /// it hands itself to an executor if it has more to do than a few microseconds.
  void fetch(Request request, Consumer<Result> done);

  @Override
  void close();

  /// A GET.
  ///
  /// @param url absolute, escaped
  /// @param unixSocket path of the socket to speak through, or empty for TCP
  /// @param headers sent beside those of the client
  /// @param timeoutMs until the whole body is there, > 0
  /// @param bodySizeLimitBytes of the decompressed body; a body of that size is refused; 0 for none
  /// @param expectedBytes how large the decompressed body probably is
  record Request(
      String url,
      String unixSocket,
      Map<String, String> headers,
      long timeoutMs,
      long bodySizeLimitBytes,
      int expectedBytes) {

    /// The same request with another timeout.
    Request withTimeoutMs(long ms) {
      return new Request(url, unixSocket, headers, ms, bodySizeLimitBytes, expectedBytes);
    }

    /// The same request over connections that are used for nothing else.
    Request onOwnConnections() {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put("Connection", "close");
      return new Request(url, unixSocket, more, timeoutMs, bodySizeLimitBytes, expectedBytes);
    }
  }

  /// What became of a request.
  sealed interface Result {}

  /// A body of a 200 answer, decompressed: `bytes[0, length)`, with at least one spare byte behind
  /// it. The array belongs to the receiver.
  ///
  /// @param contentType empty if the answer named none
  record Body(byte[] bytes, int length, String contentType) implements Result {}

  /// Why there is no body, in the words of Go's HTTP client and of Prometheus.
  ///
  /// @param tooLarge whether the body reached its limit
  record Failure(String message, boolean tooLarge) implements Result {}
}
