package io.narthex.ui;

import io.narthex.clock.Clock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;

/// The pages over a stub model and a stub API, listening on a free port of this machine.
final class UiServer implements AutoCloseable {

  final StubModel model = new StubModel();
  final StubApi api = new StubApi();
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final String prefix;

  UiServer(String prefix) throws Exception {
    this(prefix, "Narthex");
  }

  UiServer(String prefix, String product) throws Exception {
    this.prefix = prefix;
    Router router = Router.router(vertx);
    new Pages(model, new FixedClock(), prefix, product, new SourceTree()).register(router, prefix);
    api.register(router, prefix);
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.actualPort() + prefix + path;
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static final class FixedClock implements Clock {

    @Override
    public long nowMs() {
      return StubModel.NOW_MS;
    }

    @Override
    public long nanoTime() {
      return 0;
    }
  }
}
