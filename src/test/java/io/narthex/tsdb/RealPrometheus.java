package io.narthex.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.json.Json;
import io.narthex.model.labels.Labels;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A real Prometheus on a data folder that takes late samples, with exemplars.
final class RealPrometheus implements AutoCloseable {

  private static final String CONFIG =
      "global: {scrape_interval: 1h}\nstorage: {tsdb: {out_of_order_time_window: 5h}}\n";

  private final Process process;
  private final BufferedReader log;
  private final int port;
  private final long untilMs;
  private final String startLog;

  /// Starts it and waits until it is ready; it has found nothing wrong then.
  ///
  /// @param work where its configuration is written
  /// @param untilMs where the samples end that are asked for; they begin 20 hours before
  /// @param features beside exemplars and native histograms
  RealPrometheus(Path program, Path work, Path data, long untilMs, List<String> features)
      throws IOException {
    this.untilMs = untilMs;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    List<String> all = new ArrayList<>(List.of("exemplar-storage", "native-histograms"));
    all.addAll(features);
    Path config = work.resolve("prometheus.yml");
    Files.writeString(config, CONFIG);
    process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + data,
                "--web.listen-address=127.0.0.1:" + port,
                "--enable-feature=" + String.join(",", all))
            .redirectErrorStream(true)
            .start();
    log = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); ; line = log.readLine()) {
      assertTrue(line != null, () -> "Prometheus ended: " + said);
      said.append(line).append('\n');
      if (line.contains("Server is ready to receive web requests")) {
        break;
      }
    }
    startLog = said.toString();
    assertTrue(!startLog.contains("orrupt"), startLog);
    assertTrue(!startLog.contains("level=ERROR"), startLog);
  }

  /// What it said before it was ready.
  String startLog() {
    return startLog;
  }

  private Json get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      String body =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      return Json.parse(body).asObject().get("data");
    }
  }

  Map<String, String> samples() throws IOException, InterruptedException {
    Map<String, String> found = new TreeMap<>();
    String query = URLEncoder.encode("{__name__=~\".+\"}[20h]", StandardCharsets.UTF_8);
    Json data = get("query?query=" + query + "&time=" + untilMs / 1000);
    for (Json series : data.asObject().get("result").asArray()) {
      Map<String, String> metric = new TreeMap<>();
      Json.Obj object = series.asObject();
      object.get("metric").asObject().members().forEach((n, v) -> metric.put(n, v.asString()));
      Labels labels = Labels.ofMap(metric);
      for (String kind : List.of("values", "histograms")) {
        Json list = object.find(kind);
        for (Json pair : list == null ? List.<Json>of() : list.asArray()) {
          long tMs = Math.round(pair.asArray().get(0).asDouble() * 1000);
          found.put(labels + " " + tMs, value(pair.asArray().get(1)));
        }
      }
    }
    return found;
  }

  private static String value(Json value) {
    if (value instanceof Json.Obj histogram) {
      double count = Double.parseDouble(histogram.get("count").asString());
      return count + " " + Double.parseDouble(histogram.get("sum").asString());
    }
    return Double.parseDouble(value.asString()) + "";
  }

  String exemplars() throws IOException, InterruptedException {
    StringBuilder out = new StringBuilder();
    for (Json series : get("query_exemplars?query=float").asArray()) {
      String i = series.asObject().get("seriesLabels").asObject().get("i").asString();
      for (Json one : series.asObject().get("exemplars").asArray()) {
        Json.Obj e = one.asObject();
        out.append(i).append(' ');
        out.append(e.get("labels").asObject().get("trace_id").asString()).append(' ');
        out.append(Double.parseDouble(e.get("value").asString())).append(' ');
        out.append(Math.round(e.get("timestamp").asDouble() * 1000)).append('\n');
      }
    }
    return out.toString();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    // Not of the process itself: that would close its output.
    process.toHandle().destroy();
    while (log.readLine() != null) {
      // Until it has written everything down.
    }
    assertEquals(0, process.waitFor());
  }
}
