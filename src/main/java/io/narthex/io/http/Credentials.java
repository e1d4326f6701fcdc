package io.narthex.io.http;

import io.narthex.config.Secret;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.http.HttpClientConfig.Authorization;
import io.narthex.io.http.HttpClientConfig.BasicAuth;
import io.narthex.io.http.HttpClientConfig.Header;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The headers that a configuration adds to each request: who we are, and what else it says. Files
/// are read again for each request, away from the event loop; without files, nothing is computed
/// twice.
final class Credentials implements Supplier<Future<MultiMap>> {

  private final HttpClientConfig config;
  private final Disk disk;
  private final Executor blocking;
  private final @Nullable OAuth2Tokens tokens;
  private final @Nullable MultiMap constant;

  /// @param tokens of the configuration's OAuth2 server, if it names one
  /// @param blocking runs what waits for the disk
  Credentials(
      HttpClientConfig config, @Nullable OAuth2Tokens tokens, Disk disk, Executor blocking) {
    this.config = config;
    this.disk = disk;
    this.blocking = blocking;
    this.tokens = tokens;
    constant = hasFiles(config) ? null : headers();
  }

  private static boolean hasFiles(HttpClientConfig config) {
    BasicAuth basic = config.basicAuth();
    Authorization authorization = config.authorization();
    return basic != null && (isLate(basic.username()) || isLate(basic.password()))
        || authorization != null && isLate(authorization.credentials())
        || config.headers().values().stream().anyMatch(header -> !header.files().isEmpty());
  }

  /// Whether a secret is known only when it is used.
  private static boolean isLate(SecretSource source) {
    return !source.file().isEmpty() || !source.reference().isEmpty();
  }

  @Override
  public Future<MultiMap> get() {
    Future<MultiMap> own = constant != null ? Future.succeededFuture(constant) : readLater();
    OAuth2Tokens from = tokens;
    return from == null ? own : own.compose(headers -> from.token().map(t -> bearer(headers, t)));
  }

  private static MultiMap bearer(MultiMap headers, String token) {
    return MultiMap.caseInsensitiveMultiMap().addAll(headers).set("Authorization", token);
  }

  private Future<MultiMap> readLater() {
    Promise<MultiMap> promise = Promise.promise();
    blocking.execute(() -> {
      try {
        promise.complete(headers());
      } catch (RuntimeException e) {
        promise.fail(e);
      }
    });
    return promise.future();
  }

  private MultiMap headers() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (Map.Entry<String, Header> entry : config.headers().entrySet()) {
      Header header = entry.getValue();
      header.values().forEach(value -> headers.add(entry.getKey(), value));
      header.secrets().stream()
          .map(Secret::reveal)
          .forEach(value -> headers.add(entry.getKey(), value));
      header.files().forEach(file -> headers.add(entry.getKey(), headerFile(file)));
    }
    BasicAuth basic = config.basicAuth();
    if (basic != null) {
      headers.set(
          "Authorization",
          basic(
              basic.username().read(disk, "basic auth username"),
              basic.password().read(disk, "basic auth password")));
    }
    Authorization authorization = config.authorization();
    if (authorization != null) {
      String text = authorization.credentials().read(disk, "authorization credentials");
      headers.set("Authorization", authorization.type() + " " + text);
    }
    return headers;
  }

  private String headerFile(String file) {
    try {
      return new String(disk.read(Path.of(file)), StandardCharsets.UTF_8).strip();
    } catch (DiskException e) {
      throw new HttpClientException(
          "unable to read headers file " + file + ": " + e.getMessage(), e);
    }
  }

  /// The value of an `Authorization` header.
  static String basic(String username, String password) {
    byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
