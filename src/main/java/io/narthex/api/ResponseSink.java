package io.narthex.api;

import io.narthex.api.json.JsonOut;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Sends what a writer makes to the client: in one piece if it is small, else chunk by chunk, no
/// faster than the client reads. Used by one worker thread; never by an event loop, since it waits
/// for the client.
final class ResponseSink implements JsonOut.Sink {

  /// A client that takes nothing for so long is gone.
  private static final long STALLED_SECONDS = 60;

  /// Bytes on their way to the client before the writer waits: so many that it seldom has to wait
  /// for a client that reads along.
  private static final int MOST_UNSENT_BYTES = 1 << 20;

  private final HttpServerResponse response;
  private byte[] held = new byte[0];
  private boolean chunked;

  ResponseSink(HttpServerResponse response) {
    this.response = response;
  }

  @Override
  public void take(byte[] bytes, int length) {
    if (held.length > 0) {
      send();
    }
    held = Arrays.copyOf(bytes, length);
  }

  /// Sends the rest and ends the answer.
  void end() {
    if (!response.closed()) {
      response.end(Buffer.buffer(held));
    }
  }

  private void send() {
    if (!chunked) {
      response.setChunked(true).setWriteQueueMaxSize(MOST_UNSENT_BYTES);
      chunked = true;
    }
    if (response.closed()) {
      throw new ApiException(ApiException.Type.CANCELED, "client is gone");
    }
    response.write(Buffer.buffer(held));
    if (response.writeQueueFull()) {
      awaitDrain();
    }
  }

  private void awaitDrain() {
    CountDownLatch drained = new CountDownLatch(1);
    response.drainHandler(v -> drained.countDown());
    response.exceptionHandler(e -> drained.countDown());
    if (!response.writeQueueFull() || response.closed()) {
      return;
    }
    try {
      if (!drained.await(STALLED_SECONDS, TimeUnit.SECONDS)) {
        response.reset();
        throw new ApiException(ApiException.Type.CANCELED, "client reads too slowly");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(ApiException.Type.CANCELED, "server is stopping");
    }
  }
}
