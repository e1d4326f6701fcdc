package io.narthex.io.http;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.io.http.HttpClientConfig.OAuth2;
import io.narthex.io.http.HttpClientConfig.ProxyConfig;
import io.narthex.io.http.HttpClientConfig.TlsConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.impl.VertxInternal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes clients out of configurations; what all of them share is given once. Thread-safe.
public final class ConfiguredClients {

  private final Vertx vertx;
  private final EventLoopGroup loops;
  private final Disk disk;
  private final Clock clock;
  private final BodyPool bodies;
  private final Executor workers;
  private final Executor blocking;
  private final Map<String, String> environment;
  private final Map<EventLoop, ReadBuffer> readBuffers = new ConcurrentHashMap<>();

  /// @param loops on which plain requests run, of NIO; a caller on one of them stays there, and is
  ///   answered there
  /// @param workers run decompression: bounded, sized to the cores
  /// @param blocking runs what waits for the disk
  /// @param environment variables, for proxies that are named there
  public ConfiguredClients(
      Vertx vertx,
      EventLoopGroup loops,
      Disk disk,
      Clock clock,
      BodyPool bodies,
      Executor workers,
      Executor blocking,
      Map<String, String> environment) {
    this.vertx = vertx;
    this.loops = loops;
    this.disk = disk;
    this.clock = clock;
    this.bodies = bodies;
    this.workers = workers;
    this.blocking = blocking;
    this.environment = Map.copyOf(environment);
  }

  /// The source of fetchers with this configuration. Equal configurations give equal sources.
  public FetcherSource source(HttpClientConfig config) {
    return new Source(config, this);
  }

  /// Names of what `config` asks for and no client can do yet.
  public static List<String> unserved(HttpClientConfig config) {
    return ClientOptions.unserved(config);
  }

  private record Source(HttpClientConfig config, ConfiguredClients clients)
      implements FetcherSource {

    @Override
    public Fetcher open() {
      try {
        return clients.open(config);
      } catch (HttpClientException e) {
        throw new IllegalArgumentException("error creating HTTP client: " + e.getMessage(), e);
      }
    }
  }

  private Fetcher open(HttpClientConfig config) {
    Parts parts = parts(config);
    Fetcher fetcher =
        new VertxFetcher(
            vertx, parts.client, config.followRedirects(), parts.credentials, bodies, workers);
    if (config.proxy().equals(ProxyConfig.NONE)) {
      fetcher = plain(config, fetcher, parts.own);
    }
    return parts.tokens == null ? fetcher : new WithTokens(fetcher, parts.tokens);
  }

  private Fetcher plain(HttpClientConfig config, Fetcher general, Supplier<Future<MultiMap>> own) {
    return new PlainFetcher(
        loops,
        ((VertxInternal) vertx).nettyAddressResolverGroup(),
        general,
        config.followRedirects(),
        own,
        bodies,
        workers,
        clock,
        readBuffers);
  }

  /// What a client of a configuration is made of.
  ///
  /// @param own as `credentials`, for requests without TLS
  /// @param credentials headers that say who we are, asked for before each request
  /// @param tokens to be closed with the client, if there are any
  record Parts(
      HttpClient client,
      Supplier<Future<MultiMap>> own,
      Supplier<Future<MultiMap>> credentials,
      @Nullable OAuth2Tokens tokens) {}

  /// @throws HttpClientException if the configuration cannot be served, or a file not be read
  Parts parts(HttpClientConfig config) {
    List<String> unserved = unserved(config);
    if (!unserved.isEmpty()) {
      throw new HttpClientException("not implemented yet: " + String.join(", ", unserved));
    }
    HttpClient client = client(options(config));
    OAuth2Tokens tokens = tokens(config.oauth2());
    Supplier<Future<MultiMap>> own = new Credentials(config, tokens, disk, blocking);
    Supplier<Future<MultiMap>> credentials = own;
    if (hasFiles(config.tls())) {
      credentials = new RotatingTls(config.tls(), client, () -> options(config), credentials);
    }
    return new Parts(client, own, credentials, tokens);
  }

  private HttpClientOptions options(HttpClientConfig config) {
    return ClientOptions.apply(
        VertxFetcher.options(),
        config.tls(),
        config.proxy(),
        config.enableHttp2(),
        disk,
        environment);
  }

  private HttpClient client(HttpClientOptions options) {
    return vertx.httpClientBuilder().with(options).withRedirectHandler(Redirects::follow).build();
  }

  private @Nullable OAuth2Tokens tokens(@Nullable OAuth2 oauth2) {
    if (oauth2 == null) {
      return null;
    }
    HttpClientOptions options =
        ClientOptions.apply(
            new HttpClientOptions(), oauth2.tls(), oauth2.proxy(), false, disk, environment);
    return new OAuth2Tokens(oauth2, vertx.createHttpClient(options), disk, clock, blocking);
  }

  private static boolean hasFiles(TlsConfig tls) {
    return !tls.ca().file().isEmpty()
        || !tls.cert().file().isEmpty()
        || !tls.key().file().isEmpty();
  }

  /// Looks before each request whether the files of TLS have changed; connections that are opened
  /// from then on use the new ones.
  private final class RotatingTls implements Supplier<Future<MultiMap>> {

    private final TlsConfig tls;
    private final HttpClient client;
    private final Supplier<HttpClientOptions> options;
    private final Supplier<Future<MultiMap>> credentials;
    private String seen;

    RotatingTls(
        TlsConfig tls,
        HttpClient client,
        Supplier<HttpClientOptions> options,
        Supplier<Future<MultiMap>> credentials) {
      this.tls = tls;
      this.client = client;
      this.options = options;
      this.credentials = credentials;
      seen = content();
    }

    private String content() {
      return tls.ca().read(disk, "CA certificates")
          + tls.cert().read(disk, "client certificate")
          + tls.key().read(disk, "client key");
    }

    @Override
    public Future<MultiMap> get() {
      Promise<Boolean> looked = Promise.promise();
      blocking.execute(() -> look(looked));
      return looked.future().compose(x -> credentials.get());
    }

    private synchronized void look(Promise<Boolean> looked) {
      try {
        String now = content();
        if (now.equals(seen)) {
          looked.complete(false);
          return;
        }
        client
            .updateSSLOptions(options.get().getSslOptions())
            .onSuccess(changed -> seen(now))
            .onComplete(looked);
      } catch (RuntimeException e) {
        looked.fail(e);
      }
    }

    private synchronized void seen(String content) {
      seen = content;
    }
  }

  /// A fetcher that takes its source of tokens with it.
  private record WithTokens(Fetcher fetcher, OAuth2Tokens tokens) implements Fetcher {

    @Override
    public void fetch(Request request, Consumer<Result> done) {
      fetcher.fetch(request, done);
    }

    @Override
    public void close() {
      fetcher.close();
      tokens.close();
    }
  }
}
