package io.narthex.role;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskFile;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Targets for the training run: small exporters whose values move like those of real ones, and a
/// file for file discovery that names them.
final class TrainingLoad implements AutoCloseable {

  private static final int TARGETS = 40;

  /// Every so many scrapes a body has a series more, or less.
  private static final int SHAPE_ROUND = 64;

  private final HttpServer server;
  private final AtomicLong round = new AtomicLong();
  private @Nullable Path targets;

  TrainingLoad(Vertx vertx) {
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setCompressionSupported(true))
            .requestHandler(request ->
                request
                    .response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(Buffer.buffer(body(round.incrementAndGet()))));
  }

  /// Begins to serve, and writes the file of targets; the server on `ownPort` is one of them.
  void start(int ownPort, Path file) throws InterruptedException {
    try {
      server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("training targets cannot be served", e);
    }
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < TARGETS; i++) {
      json.append(group(server.actualPort(), "/" + i, "host-" + i)).append(',');
    }
    json.append(group(ownPort, "/metrics", "narthex")).append(',');
    json.append(group(ownPort, "/exporters/node/metrics", "node")).append(']');
    targets = file;
    write(file, json.toString());
  }

  private static void write(Path file, String json) {
    Disk disk = Disk.system();
    Path written = file.resolveSibling("targets.tmp");
    try (DiskFile out = disk.create(written)) {
      out.write(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }
    disk.rename(written, file);
  }

  private static String group(int port, String path, String instance) {
    return "{\"targets\":[\"127.0.0.1:"
        + port
        + "\"],\"labels\":{\"__metrics_path__\":\""
        + path
        + "\",\"instance\":\""
        + instance
        + "\"}}";
  }

  /// How often targets were scraped.
  long served() {
    return round.get();
  }

  /// An exposition of about 120 series.
  private static String body(long n) {
    StringBuilder out = new StringBuilder(8192);
    family(out, "training_cpu_seconds_total", "counter");
    for (int cpu = 0; cpu < 8; cpu++) {
      for (String mode : new String[] {"idle", "iowait", "system", "user"}) {
        out.append("training_cpu_seconds_total{cpu=\"").append(cpu).append("\",mode=\"");
        out.append(mode)
            .append("\"} ")
            .append((n * (cpu + 3) + mode.length()) / 100.0)
            .append('\n');
      }
    }
    family(out, "training_request_duration_seconds", "histogram");
    for (String route : new String[] {"/", "/login", "/api/v1/orders/{id}"}) {
      String labels = "{route=\"" + route + "\"";
      for (int le = 1; le <= 12; le++) {
        out.append("training_request_duration_seconds_bucket").append(labels);
        out.append(",le=\"").append(le == 12 ? "+Inf" : le / 10.0).append("\"} ");
        out.append(n * le / 7).append('\n');
      }
      out.append("training_request_duration_seconds_sum").append(labels).append("} ");
      out.append(n * 0.137).append('\n');
      out.append("training_request_duration_seconds_count").append(labels).append("} ");
      out.append(n * 12 / 7).append('\n');
    }
    for (int i = 0; i < 40; i++) {
      String name = "training_gauge_" + i + "_bytes";
      family(out, name, "gauge");
      out.append(name).append(' ').append(i % 3 == 0 ? 4096L * i : 4096 * (n % (i + 90)));
      out.append('\n');
    }
    if (n / SHAPE_ROUND % 2 == 0) {
      out.append("training_sometimes{pod=\"").append(n / SHAPE_ROUND % 5).append("\"} 1e-3\n");
    }
    return out.toString();
  }

  private static void family(StringBuilder out, String name, String type) {
    out.append("# HELP ").append(name).append(" What training counts.\n# TYPE ");
    out.append(name).append(' ').append(type).append('\n');
  }

  /// Takes the targets away, and then the server.
  @Override
  public void close() {
    if (targets != null) {
      write(targets, "[]");
    }
    server.close();
  }
}
