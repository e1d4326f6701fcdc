package io.narthex.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A target that is scraped by a server under test, on a free port of loopback. Every request has a
/// thread of its own.
public final class LocalTarget implements AutoCloseable {

  /// Answers one request; what it does not close is closed behind it.
  public interface Page {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public LocalTarget() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.start();
  }

  /// Serves `page` under `path`.
  public LocalTarget page(String path, Page page) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            page.answer(exchange);
          }
        });
    return this;
  }

  /// Serves a text with a status under `path`; without a content type if that is null.
  public LocalTarget page(String path, int status, @Nullable String contentType, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return page(
        path,
        exchange -> {
          if (contentType != null) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
          }
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /// `127.0.0.1:port`, as targets are written.
  public String address() {
    return "127.0.0.1:" + port();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
