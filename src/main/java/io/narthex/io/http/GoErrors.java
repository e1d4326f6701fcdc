package io.narthex.io.http;

import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;

/// What went wrong with a connection, in the words of Go's `net` package where it has them: people
/// know these texts from the targets' page and search for them.
final class GoErrors {

  private GoErrors() {}

  static String text(Throwable error, String url) {
    String address = address(url);
    return switch (error) {
      case UnknownHostException e -> "dial tcp: lookup " + host(address) + ": no such host";
      case NoRouteToHostException e -> "dial tcp " + address + ": connect: no route to host";
      case ConnectException e when message(e).contains("timed out") ->
          "dial tcp " + address + ": i/o timeout";
      case ConnectException e when message(e).contains("refused") ->
          "dial tcp " + address + ": connect: connection refused";
      case ConnectException e -> "dial tcp " + address + ": " + message(e);
      case HttpClosedException e -> "EOF";
      default -> message(error);
    };
  }

  private static String message(Throwable error) {
    String message = error.getMessage();
    return message == null || message.isEmpty() ? error.getClass().getSimpleName() : message;
  }

  private static String address(String url) {
    try {
      URI uri = URI.create(url);
      int port = uri.getPort();
      int known = port >= 0 ? port : "https".equals(uri.getScheme()) ? 443 : 80;
      return uri.getHost() + ":" + known;
    } catch (IllegalArgumentException e) {
      return url;
    }
  }

  private static String host(String address) {
    return address.substring(0, address.lastIndexOf(':'));
  }
}
