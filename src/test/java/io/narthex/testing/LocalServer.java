package io.narthex.testing;

import static io.restassured.RestAssured.given;

import io.narthex.cli.CommandLine;
import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.role.BuildInfo;
import io.narthex.role.ServerRole;
import io.narthex.role.config.ServerConfigReader;
import io.narthex.role.flags.ServerFlags;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A whole server inside the test's process, on a free port of loopback: the same role that the
/// program runs. Its configuration lies in `prometheus.yml` of the work folder, its data in `data`.
public final class LocalServer implements AutoCloseable {

  private static final RestAssuredConfig PLAIN =
      RestAssuredConfig.config()
          .redirect(RedirectConfig.redirectConfig().followRedirects(false))
          .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders());

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger quits = new AtomicInteger();
  private final Path work;
  private final ServerRole role;

  private LocalServer(Path work, Clock clock, Disk disk, List<String> flags) {
    this.work = work;
    ServerFlags read = flags(work, flags);
    ServerConfigReader reader = new ServerConfigReader(disk, Map.of(), read.configDefaults());
    try {
      role =
          new ServerRole(
              read,
              new ServerRole.Ground(
                  vertx,
                  disk,
                  clock,
                  new Metrics(),
                  BuildInfo.read(),
                  () -> reader.read(read.config().file(), false),
                  quits::incrementAndGet));
    } catch (RuntimeException e) {
      closeVertx();
      throw e;
    }
  }

  /// Starts a server with `config` as its configuration file and `flags` behind its own.
  public static LocalServer start(Path work, Clock clock, String config, String... flags) {
    return start(work, clock, Disk.system(), config, flags);
  }

  /// The same on a disk of the test's.
  public static LocalServer start(
      Path work, Clock clock, Disk disk, String config, String... flags) {
    config(work, config);
    return new LocalServer(work, clock, disk, List.of(flags));
  }

  private static ServerFlags flags(Path work, List<String> more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--config.file=" + work.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + work.resolve("data")));
    args.addAll(more);
    if (more.stream().noneMatch(flag -> flag.startsWith("--web.listen-address="))) {
      args.add("--web.listen-address=127.0.0.1:0");
    }
    return ((CommandLine.Server) CommandLine.read(args, "", "localhost")).flags();
  }

  private static void config(Path work, String text) {
    try {
      Files.writeString(work.resolve("prometheus.yml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Puts another configuration file in the place of the first.
  public void rewrite(String config) {
    config(work, config);
  }

  /// What SIGHUP does.
  public void hangUp() {
    role.reload();
  }

  public int port() {
    return role.ports().getFirst();
  }

  /// How often the server was asked to end.
  public int quits() {
    return quits.get();
  }

  /// The beginning of a request; URLs are sent as they are, redirects are not followed, bodies come
  /// as they are on the wire.
  public RequestSpecification request() {
    return request(port());
  }

  /// The same to another server on loopback.
  public static RequestSpecification request(int port) {
    return given().config(PLAIN).baseUri("http://127.0.0.1").port(port).urlEncodingEnabled(false);
  }

  @Override
  public void close() {
    role.close();
    closeVertx();
  }

  private void closeVertx() {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("Vert.x does not close", e);
    }
  }
}
