package io.narthex.io.http;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.io.http.HttpClientConfig.OAuth2;
import io.narthex.io.json.Json;
import io.narthex.io.json.JsonException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Tokens of an OAuth 2.0 server by client credentials, asked for when the last one has run out or
/// its secret has changed. Source: RFC 6749, section 4.4.
final class OAuth2Tokens implements AutoCloseable {

  /// A token is renewed this much before it runs out.
  private static final long EARLY_MS = 10_000;

  private static final long TIMEOUT_MS = 30_000;

  private final OAuth2 config;
  private final HttpClient client;
  private final Disk disk;
  private final Clock clock;
  private final Executor blocking;

  private @Nullable Future<Token> current;
  private String currentSecret = "";

  /// @param expiresMs Long.MAX_VALUE if it does not
  private record Token(String header, long expiresMs) {}

  /// @param client of the server of tokens; becomes this one's own
  OAuth2Tokens(OAuth2 config, HttpClient client, Disk disk, Clock clock, Executor blocking) {
    this.config = config;
    this.client = client;
    this.disk = disk;
    this.clock = clock;
    this.blocking = blocking;
  }

  /// The value of an `Authorization` header.
  Future<String> token() {
    return secret().compose(this::token).map(Token::header);
  }

  private Future<String> secret() {
    if (config.clientSecret().file().isEmpty()) {
      return Future.succeededFuture(config.clientSecret().read(disk, "oauth2 client secret"));
    }
    Promise<String> promise = Promise.promise();
    blocking.execute(() -> {
      try {
        promise.complete(config.clientSecret().read(disk, "oauth2 client secret"));
      } catch (HttpClientException e) {
        promise.fail(e);
      }
    });
    return promise.future();
  }

  private synchronized Future<Token> token(String secret) {
    Future<Token> known = current;
    boolean isGood =
        known != null
            && currentSecret.equals(secret)
            && !known.failed()
            && (!known.isComplete() || known.result().expiresMs() - EARLY_MS > clock.nowMs());
    if (known != null && isGood) {
      return known;
    }
    currentSecret = secret;
    // Servers want the secret in a header or in the form; which one, nobody says beforehand.
    Future<Token> fresh =
        ask(secret, true)
            .recover(e -> e instanceof Refused ? ask(secret, false) : Future.failedFuture(e));
    current = fresh;
    return fresh;
  }

  private Future<Token> ask(String secret, boolean inHeader) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(config.tokenUrl())
            .setTimeout(TIMEOUT_MS)
            .putHeader("Content-Type", "application/x-www-form-urlencoded")
            .putHeader("Accept", "application/json");
    if (inHeader) {
      options.putHeader(
          "Authorization", Credentials.basic(encoded(config.clientId()), encoded(secret)));
    }
    String form = form(inHeader ? "" : secret, inHeader);
    return client
        .request(options)
        .compose(request ->
            request
                .send(form)
                .compose(answer -> answer.body().map(body -> token(answer.statusCode(), body))));
  }

  private String form(String secret, boolean inHeader) {
    StringJoiner form = new StringJoiner("&");
    form.add("grant_type=client_credentials");
    if (!config.scopes().isEmpty()) {
      form.add("scope=" + encoded(String.join(" ", config.scopes())));
    }
    config.endpointParams().forEach((k, v) -> form.add(encoded(k) + "=" + encoded(v)));
    if (!inHeader) {
      form.add("client_id=" + encoded(config.clientId()));
      form.add("client_secret=" + encoded(secret));
    }
    return form.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Token token(int status, Buffer body) {
    if (status / 100 != 2) {
      throw new Refused("oauth2: cannot fetch token: " + status + " Response: " + body.toString());
    }
    try {
      Json.Obj answer = Json.parse(body.toString()).asObject();
      String type =
          answer.find("token_type") instanceof Json.Str word && !isBearer(word.value())
              ? word.value()
              : "Bearer";
      long seconds = answer.getLong("expires_in", 0);
      long expiresMs = seconds == 0 ? Long.MAX_VALUE : clock.nowMs() + seconds * 1000;
      return new Token(type + " " + answer.get("access_token").asString(), expiresMs);
    } catch (JsonException e) {
      throw new HttpClientException("oauth2: server response missing access_token", e);
    }
  }

  private static boolean isBearer(String word) {
    return word.equalsIgnoreCase("bearer");
  }

  @Override
  public void close() {
    client.close();
  }

  /// The server did not give a token.
  private static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }
}
