package io.narthex.io.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What every fetcher does, against a server that answers as it is asked to.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FetcherContract {

  static final String TEXT = "a_metric 1\n".repeat(5000);
  private final AtomicInteger connections = new AtomicInteger();
  private Vertx vertx;
  HttpServer server;
  private Fetcher fetcher;

  abstract Fetcher fetcher(Vertx on);

  /// Headers of the client itself.
  static Future<MultiMap> own() {
    return Future.succeededFuture(MultiMap.caseInsensitiveMultiMap().add("X-Own", "me"));
  }

  /// The general client, which follows redirects.
  static Fetcher general(Vertx on) {
    return new VertxFetcher(
        on,
        on.createHttpClient(VertxFetcher.options()),
        true,
        FetcherContract::own,
        new BodyPool(),
        Runnable::run);
  }

  @BeforeAll
  void start() throws Exception {
    vertx = Vertx.vertx();
    server =
        vertx
            .createHttpServer()
            .connectionHandler(c -> connections.incrementAndGet())
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    fetcher = fetcher(vertx);
  }

  @AfterAll
  void stop() throws Exception {
    fetcher.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/gzip" ->
          request.response().putHeader("Content-Encoding", "gzip").end(Buffer.buffer(gzip(TEXT)));
      case "/cut" ->
          request
              .response()
              .putHeader("Content-Encoding", "gzip")
              .end(Buffer.buffer(gzip(TEXT)).slice(0, 60));
      case "/error" -> request.response().setStatusCode(500).end("no");
      case "/moved" ->
          request.response().setStatusCode(302).putHeader("Location", "/headers").end();
      case "/silent" -> {}
      case "/closed" -> request.connection().close();
      case "/headers" -> {
        StringBuilder out = new StringBuilder();
        request.headers().forEach((k, v) -> out.append(k).append('=').append(v).append('\n'));
        request.response().end(out.toString());
      }
      default ->
          request.response().putHeader("Content-Type", "text/plain; version=0.0.4").end(TEXT);
    }
  }

  private byte[] gzip(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  Fetcher.Result get(String path, long timeoutMs, long limit) throws Exception {
    return get("http://127.0.0.1:" + server.actualPort() + path, timeoutMs, limit, 0);
  }

  Fetcher.Result get(String url, long timeoutMs, long limit, int expected) throws Exception {
    CompletableFuture<Fetcher.Result> result = new CompletableFuture<>();
    fetcher.fetch(
        new Fetcher.Request(url, "", Map.of("Accept", "x/y"), timeoutMs, limit, expected),
        result::complete);
    return result.get(20, TimeUnit.SECONDS);
  }

  static String text(Fetcher.Result result) {
    return switch (result) {
      case Fetcher.Body body -> new String(body.bytes(), 0, body.length(), UTF_8);
      case Fetcher.Failure failure -> failure.message();
    };
  }

  @Test
  void bodiesComeWholeAndWithASpareByte() throws Exception {
    Fetcher.Body body = (Fetcher.Body) get("/plain", 10_000, 0);
    assertEquals(TEXT, text(body));
    assertEquals("text/plain; version=0.0.4", body.contentType());
    assertTrue(body.bytes().length > body.length());
    Fetcher.Body zipped = (Fetcher.Body) get("/gzip", 10_000, 0);
    assertEquals(TEXT, text(zipped));
    assertTrue(zipped.bytes().length > zipped.length());
    assertEquals("", zipped.contentType());
  }

  @Test
  void connectionsAreKept() throws Exception {
    get("/plain", 10_000, 0);
    int before = connections.get();
    for (int i = 0; i < 20; i++) {
      get("/plain", 10_000, 0);
    }
    // A request may come before the connection of the last one is back.
    assertTrue(connections.get() - before < 5, () -> "connections: " + connections.get());
  }

  @Test
  void theLimitIsThatOfTheDecompressedBody() throws Exception {
    String exceeded = "body size limit exceeded";
    for (String path : new String[] {"/plain", "/gzip"}) {
      Fetcher.Failure failure = (Fetcher.Failure) get(path, 10_000, TEXT.length());
      assertEquals(exceeded, failure.message());
      assertTrue(failure.tooLarge());
      assertEquals(TEXT, text(get(path, 10_000, TEXT.length() + 1)));
    }
  }

  @Test
  void failuresReadAsInGo() throws Exception {
    assertEquals(
        "server returned HTTP status 500 Internal Server Error", text(get("/error", 10_000, 0)));
    String silent = "http://127.0.0.1:" + server.actualPort() + "/silent";
    assertEquals("Get \"" + silent + "\": context deadline exceeded", text(get("/silent", 50, 0)));
    String closed = "http://127.0.0.1:" + server.actualPort() + "/closed";
    assertEquals("Get \"" + closed + "\": EOF", text(get("/closed", 10_000, 0)));
    assertEquals(
        "Get \"http://127.0.0.1:1/x\": dial tcp 127.0.0.1:1: connect: connection refused",
        text(get("http://127.0.0.1:1/x", 10_000, 0, 0)));
    Fetcher.Failure cut = (Fetcher.Failure) get("/cut", 10_000, 0);
    assertEquals("unexpected EOF", cut.message());
    assertFalse(cut.tooLarge());
  }

  @Test
  void redirectsAreFollowedWithAllHeaders() throws Exception {
    String headers = text(get("/moved", 10_000, 0));
    assertTrue(headers.contains("Accept=x/y"), headers);
    assertTrue(headers.contains("X-Own=me"), headers);
  }
}
