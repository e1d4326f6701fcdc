package io.narthex.role;

import io.narthex.metrics.Counter;
import io.narthex.metrics.Metrics;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The open sockets of the server: every address of `--web.listen-address`, one handler behind all
/// of them.
final class Listeners implements AutoCloseable {

  private static final int CLOSE_TIMEOUT_S = 5;

  private final List<HttpServer> servers = new ArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Counter accepted;
  private final Counter closed;

  private Listeners(Metrics metrics) {
    String prefix = "net_conntrack_listener_conn_";
    accepted =
        metrics.counter(
            prefix + "accepted_total",
            "Total number of connections opened to the listener of a given name.",
            "listener_name",
            "http");
    closed =
        metrics.counter(
            prefix + "closed_total",
            "Total number of connections closed that were made to the listener of a given name.",
            "listener_name",
            "http");
  }

  /// Opens all addresses or none.
  ///
  /// @param addresses `host:port` or `:port`; port 0 takes a free one
  /// @param maxConnections connections at once over all addresses; more are closed at once
  /// @throws RoleException if an address is wrong or taken
  static Listeners open(
      Vertx vertx,
      List<String> addresses,
      int maxConnections,
      long readTimeoutMs,
      Metrics metrics,
      Handler<HttpServerRequest> handler) {
    Listeners listeners = new Listeners(metrics);
    try {
      for (String address : addresses) {
        listeners.listen(vertx, address, maxConnections, readTimeoutMs, handler);
      }
      return listeners;
    } catch (RuntimeException e) {
      listeners.close();
      throw e;
    }
  }

  private void listen(
      Vertx vertx,
      String address,
      int maxConnections,
      long readTimeoutMs,
      Handler<HttpServerRequest> handler) {
    int colon = address.lastIndexOf(':');
    if (colon < 0) {
      throw refused(": address " + address + ": missing port in address");
    }
    String host = address.substring(0, colon).replace("[", "").replace("]", "");
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(host.isEmpty() ? "0.0.0.0" : host)
            .setPort(port(address.substring(colon + 1)))
            .setIdleTimeout((int) Math.max(1, readTimeoutMs / 1000))
            .setMaxFormAttributeSize(16 << 20)
            .setMaxInitialLineLength(1 << 20)
            // What nobody asks for here is not put in the way of every request.
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setHttp2ClearTextEnabled(false)
            .setCompressionSupported(true)
            .setCompressionLevel(3);
    HttpServer server = vertx.createHttpServer(options);
    server.connectionHandler(connection -> {
      accepted.inc();
      if (connections.incrementAndGet() > maxConnections) {
        connection.close();
      }
      connection.closeHandler(v -> {
        connections.decrementAndGet();
        closed.inc();
      });
    });
    server.requestHandler(handler);
    try {
      server.listen().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw refused(" " + address + ": " + reason(host, e.getCause()));
    } catch (TimeoutException e) {
      throw refused(" " + address + ": timed out");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RoleException("interrupted while opening " + address);
    }
    servers.add(server);
  }

  private static int port(String text) {
    if (!text.matches("[0-9]+")) {
      throw refused(": lookup tcp/" + text + ": unknown port");
    }
    int port = text.length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(text);
    if (port > 65_535) {
      throw refused(": address " + text + ": invalid port");
    }
    return port;
  }

  /// In the words of Go's `net` package, which people search for.
  private static String reason(String host, @Nullable Throwable cause) {
    return switch (cause) {
      case UnresolvedAddressException e -> "lookup " + host + ": no such host";
      case UnknownHostException e -> "lookup " + host + ": no such host";
      case BindException e -> "bind: " + String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      case null, default -> String.valueOf(cause);
    };
  }

  private static RoleException refused(String what) {
    return new RoleException("Unable to start web listener: listen tcp" + what);
  }

  /// Ports in the order of the addresses; of use where port 0 was asked for.
  List<Integer> ports() {
    return servers.stream().map(HttpServer::actualPort).toList();
  }

  @Override
  public void close() {
    for (HttpServer server : servers) {
      try {
        server
            .close()
            .toCompletionStage()
            .toCompletableFuture()
            .get(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        System.getLogger(Listeners.class.getName())
            .log(System.Logger.Level.WARNING, "a web listener did not close: {0}", e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
