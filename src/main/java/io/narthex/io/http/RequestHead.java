package io.narthex.io.http;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bytes of a plain `GET` request over HTTP/1.1, and whom they go to.
///
/// @param authority `host:port` as the URL has it
/// @param host name or address, without the brackets of an IPv6 address
/// @param bytes request line and headers
record RequestHead(String authority, String host, int port, byte[] bytes) {

  private static final String SCHEME = "http://";
  private static final int DEFAULT_PORT = 80;

  /// Puts a request together; null if it asks for anything that is not plain, or may not be sent as
  /// it is: another scheme, a user in the URL, characters that do not belong there.
  ///
  /// @param own headers of the client, behind those of the request
  static @Nullable RequestHead of(Fetcher.Request request, MultiMap own) {
    String url = request.url();
    if (!url.startsWith(SCHEME) || !request.unixSocket().isEmpty() || own.contains("Host")) {
      return null;
    }
    int pathAt = pathAt(url);
    String authority = url.substring(SCHEME.length(), pathAt);
    int portAt = portAt(authority);
    String host = unbracketed(authority.substring(0, portAt < 0 ? authority.length() : portAt));
    int port = portAt < 0 ? DEFAULT_PORT : port(authority, portAt + 1);
    if (host.isEmpty() || port <= 0 || authority.indexOf('@') >= 0 || url.indexOf('#') >= 0) {
      return null;
    }
    Text text = new Text();
    text.raw(url.startsWith("/", pathAt) ? "GET " : "GET /");
    text.word(url.substring(pathAt));
    text.raw(" HTTP/1.1\r\n");
    text.header("Host", authority);
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      text.header(header.getKey(), header.getValue());
    }
    for (Map.Entry<String, String> header : own) {
      text.header(header.getKey(), header.getValue());
    }
    text.raw("\r\n");
    return text.isSafe
        ? new RequestHead(
            authority.toLowerCase(Locale.ROOT), host, port, Arrays.copyOf(text.bytes, text.length))
        : null;
  }

  /// Where the path or, without one, the query begins.
  private static int pathAt(String url) {
    for (int i = SCHEME.length(); i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '/' || c == '?' || c == '#') {
        return i;
      }
    }
    return url.length();
  }

  /// Index of the colon before the port, -1 if there is none.
  private static int portAt(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? colon : -1;
  }

  private static String unbracketed(String host) {
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    return isBracketed ? host.substring(1, host.length() - 1) : host;
  }

  /// The port in `text` from `at` on, -1 if there is none.
  private static int port(String text, int at) {
    int port = 0;
    for (int i = at; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || port > 65_535) {
        return -1;
      }
      port = port * 10 + digit;
    }
    return port <= 65_535 ? port : -1;
  }

  /// Bytes that are put together, one for each character.
  private static final class Text {
    private byte[] bytes = new byte[512];
    private int length;

    /// Whether nothing could be taken for the end of a line or a word.
    private boolean isSafe = true;

    void header(String name, String value) {
      isSafe &= !name.isEmpty() && name.indexOf(':') < 0;
      word(name);
      raw(": ");
      checked(value, ' ');
      raw("\r\n");
    }

    /// Adds text without a blank.
    void word(String text) {
      checked(text, '!');
    }

    /// @param least no character may come before this one
    private void checked(String text, char least) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        isSafe &= c >= least && c < 0x7f;
      }
      raw(text);
    }

    /// Adds text as it is.
    void raw(String text) {
      int count = text.length();
      if (length + count > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
      }
      for (int i = 0; i < count; i++) {
        bytes[length++] = (byte) text.charAt(i);
      }
    }
  }
}
