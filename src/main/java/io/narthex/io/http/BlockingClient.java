package io.narthex.io.http;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Makes requests and waits for each: for tools, which have nothing else to do meanwhile. Has an
/// event loop of its own, which ends with it.
public final class BlockingClient implements AutoCloseable {

  private final Vertx vertx;
  private final ConfiguredClients.Parts parts;
  private final boolean followRedirects;

  private BlockingClient(Vertx vertx, ConfiguredClients.Parts parts, boolean followRedirects) {
    this.vertx = vertx;
    this.parts = parts;
    this.followRedirects = followRedirects;
  }

  /// A request.
  ///
  /// @param url absolute, escaped; a user in it is said to the server
  /// @param headers sent beside those of the configuration
  /// @param form body of a POST, in the form of a query; empty for none
  public record Call(
      String method, String url, Map<String, String> headers, String form, long timeoutMs) {}

  /// An answer of any status.
  public record Answer(int status, String body) {}

  /// A client of a configuration.
  ///
  /// @param environment variables, for proxies that are named there
  /// @throws HttpClientException if it cannot be served
  public static BlockingClient open(
      HttpClientConfig config, Disk disk, Clock clock, Map<String, String> environment) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    boolean opened = false;
    try {
      ConfiguredClients clients =
          new ConfiguredClients(
              vertx,
              vertx.nettyEventLoopGroup(),
              disk,
              clock,
              new BodyPool(),
              Runnable::run,
              Runnable::run,
              environment);
      BlockingClient client =
          new BlockingClient(vertx, clients.parts(config), config.followRedirects());
      opened = true;
      return client;
    } finally {
      if (!opened) {
        vertx.close();
      }
    }
  }

  /// Makes a request.
  ///
  /// @throws HttpClientException if there is no answer, in the words of Go's HTTP client
  public Answer call(Call call) {
    Promise<Answer> answer = Promise.promise();
    // On a loop from the first step on: an answer that comes before somebody asks for its body has
    // none.
    vertx.runOnContext(
        begin -> parts.credentials().get().compose(own -> send(call, own)).onComplete(answer));
    try {
      return answer
          .future()
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(call.timeoutMs, TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String why =
          cause instanceof TimeoutException
              ? "context deadline exceeded"
              : GoErrors.text(cause, call.url);
      throw new HttpClientException(verb(call.method) + " \"" + call.url + "\": " + why, cause);
    }
  }

  private static String verb(String method) {
    return method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
  }

  private Future<Answer> send(Call call, MultiMap own) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(call.method))
            .setAbsoluteURI(call.url)
            .setFollowRedirects(followRedirects);
    String user = URI.create(call.url).getUserInfo();
    if (user != null) {
      int colon = user.indexOf(':');
      options.putHeader(
          "Authorization",
          Credentials.basic(
              colon < 0 ? user : user.substring(0, colon),
              colon < 0 ? "" : user.substring(colon + 1)));
    }
    call.headers.forEach(options::addHeader);
    own.forEach(options::addHeader);
    if (!call.form.isEmpty()) {
      options.putHeader("Content-Type", "application/x-www-form-urlencoded");
    }
    return parts
        .client()
        .request(options)
        .compose(request -> request.send(Buffer.buffer(call.form)).compose(BlockingClient::answer));
  }

  private static Future<Answer> answer(HttpClientResponse response) {
    return response.body().map(body -> new Answer(response.statusCode(), body.toString()));
  }

  @Override
  public void close() {
    parts.client().close();
    if (parts.tokens() != null) {
      parts.tokens().close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
