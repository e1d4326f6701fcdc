package io.narthex.io.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Fetches on the event loops of Vert.x, over connections that are kept alive. Closing waits for
/// what is under way.
public final class VertxFetcher implements Fetcher {

  private final Vertx vertx;
  private final HttpClient client;
  private final boolean followRedirects;
  private final Supplier<Future<MultiMap>> credentials;
  private final BodyPool bodies;
  private final Gunzip gunzip;
  private final Executor workers;

  /// Fetches under way, and one for the fetcher itself while it is open.
  private final AtomicInteger users = new AtomicInteger(1);

  private volatile boolean isClosed;

  /// @param client becomes the fetcher's own
  /// @param credentials headers that say who we are, asked for before each request
  /// @param workers run decompression
  public VertxFetcher(
      Vertx vertx,
      HttpClient client,
      boolean followRedirects,
      Supplier<Future<MultiMap>> credentials,
      BodyPool bodies,
      Executor workers) {
    this.vertx = vertx;
    this.client = client;
    this.followRedirects = followRedirects;
    this.credentials = credentials;
    this.bodies = bodies;
    this.workers = workers;
    gunzip = new Gunzip(bodies);
  }

  /// Options of a client for many targets: as many connections as there are targets, kept for five
  /// minutes, bodies left as they come.
  public static HttpClientOptions options() {
    return new HttpClientOptions()
        .setMaxPoolSize(100_000)
        .setHttp2MaxPoolSize(1)
        .setKeepAlive(true)
        .setKeepAliveTimeout(300)
        .setDecompressionSupported(false)
        .setMaxRedirects(10)
        .setTcpNoDelay(true);
  }

  @Override
  public void fetch(Request request, Consumer<Result> done) {
    users.incrementAndGet();
    new Exchange(request, done).begin();
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      release();
    }
  }

  private void release() {
    if (users.decrementAndGet() == 0) {
      gunzip.close();
      client.close();
    }
  }

  /// One request and its answer. Its parts run on different threads until the connection is there,
  /// then on the connection's event loop; the lock guards the end, which comes once.
  private final class Exchange {

    private final Request request;
    private final Consumer<Result> done;
    private final long timer;
    private boolean isDone;
    private @Nullable HttpClientRequest sent;
    private @Nullable BodyBuffer body;
    private boolean hasAnswer;

    Exchange(Request request, Consumer<Result> done) {
      this.request = request;
      this.done = done;
      timer = vertx.setTimer(request.timeoutMs(), id -> timedOut());
    }

    void begin() {
      if (isClosed) {
        fail("client is closed");
        return;
      }
      RequestOptions options;
      try {
        options =
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(request.url())
                .setFollowRedirects(followRedirects);
        request.headers().forEach(options::putHeader);
        if (!request.unixSocket().isEmpty()) {
          options.setServer(SocketAddress.domainSocketAddress(request.unixSocket()));
        }
      } catch (RuntimeException e) {
        fail("parse " + quoted() + ": " + e.getMessage());
        return;
      }
      credentials
          .get()
          .compose(own -> {
            own.forEach(options::addHeader);
            // Nested: what hangs on the request itself runs on its loop, and is ready there before
            // an answer can come.
            return client.request(options).compose(opened -> send(opened).onSuccess(this::answer));
          })
          .onFailure(e -> fail("Get " + quoted() + ": " + GoErrors.text(e, request.url())));
    }

    private synchronized Future<HttpClientResponse> send(HttpClientRequest opened) {
      if (isDone) {
        opened.reset();
        return Future.failedFuture("context deadline exceeded");
      }
      sent = opened;
      return opened.send();
    }

    private void answer(HttpClientResponse response) {
      hasAnswer = true;
      if (followRedirects && Redirects.leadsOn(response)) {
        fail("Get \"" + header(response, "Location") + "\": stopped after 10 redirects");
        return;
      }
      if (response.statusCode() != 200) {
        fail(
            "server returned HTTP status "
                + response.statusCode()
                + " "
                + response.statusMessage());
        return;
      }
      boolean gzip = "gzip".equals(response.getHeader("Content-Encoding"));
      BodyBuffer into =
          new BodyBuffer(bodies, gzip ? request.expectedBytes() / 8 : request.expectedBytes());
      synchronized (this) {
        if (isDone) {
          into.release();
          return;
        }
        body = into;
      }
      response
          .handler(chunk -> chunk(into, chunk, gzip))
          .exceptionHandler(e -> fail(GoErrors.inBody(e, request.url())))
          .endHandler(v -> end(into, gzip, header(response, "Content-Type")));
    }

    private static String header(HttpClientResponse response, String name) {
      String value = response.getHeader(name);
      return value == null ? "" : value;
    }

    private void chunk(BodyBuffer into, Buffer chunk, boolean gzip) {
      synchronized (this) {
        if (isDone || into.add(chunk, gzip ? 0 : request.bodySizeLimitBytes())) {
          return;
        }
      }
      finish(new Failure(BodyBuffer.TOO_LARGE, true), true);
    }

    private void end(BodyBuffer into, boolean gzip, String contentType) {
      if (gzip) {
        workers.execute(() -> inflate(into, contentType));
      } else {
        finish(new Body(into.bytes(), into.length(), contentType), false);
      }
    }

    private void inflate(BodyBuffer zipped, String contentType) {
      synchronized (this) {
        if (isDone) {
          return;
        }
        // From here on the array is ours alone.
        body = null;
      }
      Result result =
          gunzip.inflate(
              zipped.bytes(),
              zipped.length(),
              request.expectedBytes(),
              request.bodySizeLimitBytes(),
              contentType);
      zipped.release();
      finish(result, false);
    }

    private void timedOut() {
      String reason = "context deadline exceeded";
      finish(new Failure(hasAnswer ? reason : "Get " + quoted() + ": " + reason, false), true);
    }

    private void fail(String message) {
      finish(new Failure(message, false), false);
    }

    private String quoted() {
      return '"' + request.url() + '"';
    }

    /// @param reset whether the connection must not be used again
    private void finish(Result result, boolean reset) {
      synchronized (this) {
        if (isDone) {
          return;
        }
        isDone = true;
        vertx.cancelTimer(timer);
        if (reset && sent != null) {
          sent.reset();
        }
        if (body != null && !(result instanceof Body)) {
          body.release();
        }
        body = null;
      }
      release();
      done.accept(result);
    }
  }
}
