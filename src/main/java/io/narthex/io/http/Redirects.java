package io.narthex.io.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Follows redirects of GET and HEAD requests; credentials stay with their host and the hosts below
/// it.
final class Redirects {

  private static final List<Integer> STATUSES = List.of(301, 302, 303, 307, 308);

  private static final List<String> SENSITIVE =
      List.of(
          "Authorization",
          "Www-Authenticate",
          "Cookie",
          "Cookie2",
          "Proxy-Authorization",
          "Proxy-Authenticate");

  private Redirects() {}

  /// Where `answer` sends us, or null if nowhere.
  static @Nullable Future<RequestOptions> follow(HttpClientResponse answer) {
    String location = answer.getHeader("Location");
    HttpMethod method = answer.request().getMethod();
    boolean isSafe = method == HttpMethod.GET || method == HttpMethod.HEAD;
    if (location == null || !isSafe || !STATUSES.contains(answer.statusCode())) {
      return null;
    }
    try {
      URI from = URI.create(answer.request().absoluteURI());
      URI to = from.resolve(location);
      MultiMap headers =
          MultiMap.caseInsensitiveMultiMap().addAll(answer.request().headers()).remove("Host");
      if (!keepsCredentials(from.getHost(), to.getHost())) {
        SENSITIVE.forEach(headers::remove);
      }
      return Future.succeededFuture(
          new RequestOptions().setMethod(method).setAbsoluteURI(to.toString()).setHeaders(headers));
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(
          new HttpClientException("failed to parse Location header " + location, e));
    }
  }

  /// Whether this is a redirect that could be followed.
  static boolean leadsOn(HttpClientResponse answer) {
    return STATUSES.contains(answer.statusCode()) && answer.getHeader("Location") != null;
  }

  /// Whether credentials for the host `from` may go to the host `to`.
  static boolean keepsCredentials(@Nullable String from, @Nullable String to) {
    if (from == null || from.isEmpty() || to == null) {
      return false;
    }
    String parent = from.toLowerCase(Locale.ROOT);
    String sub = to.toLowerCase(Locale.ROOT);
    if (sub.equals(parent)) {
      return true;
    }
    return sub.endsWith("." + parent) && sub.indexOf(':') < 0 && sub.indexOf('%') < 0;
  }
}
