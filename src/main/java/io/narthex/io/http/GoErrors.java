package io.narthex.io.http;

import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What went wrong with a connection, in the words of Go's `net` package where it has them: people
/// know these texts from the targets' page and search for them.
final class GoErrors {

  private GoErrors() {}

  /// How Netty refuses an answer that is not HTTP.
  private static final String NO_HTTP = "invalid version format: ";

  /// How Netty ends the message of a connection that was refused: `name/address:port`.
  private static final Pattern DIALLED = Pattern.compile(": ([^/ ]*)/([^/ ]+):([0-9]+)$");

  static String text(Throwable error, String url) {
    String address = address(url);
    return switch (error) {
      case UnknownHostException e -> "dial tcp: lookup " + host(address) + ": no such host";
      case NoRouteToHostException e -> "dial tcp " + address + ": connect: no route to host";
      case ConnectException e when message(e).contains("timed out") ->
          "dial tcp " + address + ": i/o timeout";
      case ConnectException e when message(e).contains("refused") ->
          dial(message(e), address) + ": connect: connection refused";
      case ConnectException e -> "dial tcp " + address + ": " + message(e);
      case HttpClosedException e -> "EOF";
      case IOException e when message(e).contains("reset by peer") || isReset(e) ->
          "read tcp " + address + ": read: connection reset by peer";
      case IllegalArgumentException e when message(e).startsWith(NO_HTTP) ->
          "net/http: HTTP/1.x transport connection broken: malformed HTTP response \""
              + message(e).substring(NO_HTTP.length())
              + '"';
      default -> message(error);
    };
  }

  /// The end of an answer that had begun.
  static String inBody(Throwable error, String url) {
    return error instanceof HttpClosedException ? "unexpected EOF" : text(error, url);
  }

  private static boolean isReset(IOException error) {
    return error instanceof SocketException && message(error).equals("Connection reset");
  }

  /// What was dialled, which is the proxy's address if there is one.
  private static String dial(String message, String address) {
    Matcher dialled = DIALLED.matcher(message);
    if (!dialled.find()) {
      return "dial tcp " + address;
    }
    String name = dialled.group(1).isEmpty() ? dialled.group(2) : dialled.group(1);
    boolean direct = address.equals(name + ":" + dialled.group(3));
    return (direct ? "" : "proxyconnect tcp: ")
        + "dial tcp "
        + dialled.group(2)
        + ":"
        + dialled.group(3);
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
