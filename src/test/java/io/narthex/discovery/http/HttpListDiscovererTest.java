package io.narthex.discovery.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.VirtualTimers;
import io.narthex.discovery.TargetGroup;
import io.narthex.io.http.Fetcher;
import io.narthex.io.http.HttpClientConfig;
import io.narthex.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpListDiscovererTest {

  private static final String URL = "http://sd.example.org/list";

  private final VirtualTimers time = new VirtualTimers(0);
  private final Metrics metrics = new Metrics();
  private final Server server = new Server();
  private final List<List<TargetGroup>> told = new ArrayList<>();
  private final HttpListDiscoverer discoverer =
      new HttpListDiscoverer(
          new HttpListConfig(URL, 60_000, HttpClientConfig.DEFAULT),
          server,
          time,
          time,
          metrics,
          "job",
          "Narthex/test");

  private static final class Server implements Fetcher {
    private final List<Request> requests = new ArrayList<>();
    private Result answer = json("[]");
    private boolean isClosed;

    @Override
    public void fetch(Request request, Consumer<Result> done) {
      requests.add(request);
      done.accept(answer);
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }

  private static Fetcher.Result json(String text) {
    return answer(text, "application/json");
  }

  private static Fetcher.Result answer(String text, String contentType) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Fetcher.Body(bytes, bytes.length, contentType);
  }

  @Test
  void listsAreTakenEveryInterval() {
    server.answer =
        json("[{\"targets\":[\"h:1\"],\"labels\":{\"a\":\"b\"}},{\"targets\":[\"h:2\"]}]");
    discoverer.start(told::add);
    assertEquals(2, told.getFirst().size());
    TargetGroup group = told.getFirst().getFirst();
    assertEquals(URL + ":0", group.source());
    assertEquals("{__meta_url=\"" + URL + "\", a=\"b\"}", group.labels().toString());
    Fetcher.Request request = server.requests.getFirst();
    assertEquals("60", request.headers().get("X-Prometheus-Refresh-Interval-Seconds"));
    assertEquals("application/json", request.headers().get("Accept"));
    assertEquals(60_000, request.timeoutMs());
    server.answer = json("[{\"targets\":[\"h:3\"]}]");
    time.advance(60_000);
    assertEquals(2, server.requests.size());
    assertEquals(URL + ":1", told.getLast().get(1).source());
    assertTrue(told.getLast().get(1).targets().isEmpty(), "the second group is gone");
    discoverer.close();
    time.advance(600_000);
    assertEquals(2, server.requests.size());
    assertTrue(server.isClosed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text/html | []",
        "application/json; charset=latin1 | []",
        "application/json | [{\"targets\":[1]}]",
        "application/json | [null]",
        "application/json | [{\"target\":[]}]",
        "application/json | {}",
        "application/json | [{\"targets\":[\"h:1\"]}",
      })
  void wrongAnswersKeepTheList(String contentType, String text) {
    server.answer = json("[{\"targets\":[\"h:1\"]}]");
    discoverer.start(told::add);
    server.answer = answer(text, contentType);
    time.advance(60_000);
    assertEquals(1, told.size());
    assertEquals(1, metrics.counter("prometheus_sd_http_failures_total", "").value());
    assertEquals(
        1,
        metrics
            .counter(
                "prometheus_sd_refresh_failures_total", "", "mechanism", "http", "config", "job")
            .value());
  }

  @ParameterizedTest
  @CsvSource({"application/json; charset=utf-8", "Application/JSON;charset=\"utf-8\""})
  void contentTypesOfJson(String contentType) {
    server.answer = answer("[{\"Targets\":[\"h:1\"]}]", contentType);
    discoverer.start(told::add);
    assertEquals(1, told.getFirst().size());
  }

  @Test
  void failuresKeepTheList() {
    server.answer = new Fetcher.Failure("server returned HTTP status 500 Oops", false);
    discoverer.start(told::add);
    assertEquals(List.of(), told);
    assertEquals(1, metrics.counter("prometheus_sd_http_failures_total", "").value());
  }
}
