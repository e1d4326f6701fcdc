package io.narthex.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.testing.FixedClock;
import io.narthex.testing.LocalServer;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is true of every route, on a server without data: envelope, methods, origins, compression,
/// streams.
class ApiRoutesTest {

  private static final String LONG =
      "/api/v1/query_range?query=vector(time())&start=0&end=10999&step=1";

  @TempDir static Path work;
  private static LocalServer server;

  @BeforeAll
  static void start() {
    server =
        LocalServer.start(
            work,
            new FixedClock(1_767_229_200_000L),
            "global: {scrape_interval: 1h}\n",
            "--web.cors.origin=https?://(good|better)\\.example");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anAllowedOriginMayReadAnswers() {
    server
        .request()
        .header("Origin", "http://good.example")
        .get("/api/v1/query?query=1")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", "http://good.example")
        .header("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
        .header("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, Origin")
        .header("Access-Control-Expose-Headers", "Date")
        .header("Vary", containsString("Origin"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://bad.example", "http://good.example.org", "xhttp://good.example"})
  void anotherOriginMayNot(String origin) {
    server
        .request()
        .header("Origin", origin)
        .get("/api/v1/query?query=1")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", nullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/query", "/api/v1/label/job/values", "/api/v1/nothing"})
  void everyPathAnswersPreflights(String path) {
    server
        .request()
        .header("Origin", "https://better.example")
        .options(path)
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Origin", "https://better.example")
        .body(equalTo(""));
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /api/v1/query, 'GET, OPTIONS, POST'",
    "DELETE, /api/v1/labels, 'GET, OPTIONS, POST'",
    "POST, /api/v1/targets, 'GET, OPTIONS'",
    "POST, /api/v1/status/config, 'GET, OPTIONS'",
  })
  void anotherMethodIsNotAllowed(String method, String path, String allow) {
    server
        .request()
        .request(method, path)
        .then()
        .statusCode(405)
        .header("Allow", allow)
        .contentType("text/plain; charset=utf-8")
        .body(equalTo("Method Not Allowed\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/api/v1/nothing", "/api/v1/query/more", "/api/v2/query"})
  void anUnknownPathIsNotFound(String path) {
    server
        .request()
        .get(path)
        .then()
        .statusCode(404)
        .contentType("text/plain; charset=utf-8")
        .body(equalTo("404 page not found\n"));
  }

  @Test
  void aLongAnswerComesInPiecesAndWhole() {
    Response response = server.request().get(LONG);
    response.then().statusCode(200).header("Transfer-Encoding", "chunked");
    JsonObject answer = new JsonObject(response.asString());
    assertEquals(
        11_000,
        answer
            .getJsonObject("data")
            .getJsonArray("result")
            .getJsonObject(0)
            .getJsonArray("values")
            .size());
  }

  @Test
  void answersAreCompressedForWhoAsks() throws IOException {
    Response response =
        server.request().header("Accept-Encoding", "gzip").get("/api/v1/query?query=1&time=1");
    response.then().statusCode(200).header("Content-Encoding", "gzip");
    byte[] body = response.asByteArray();
    String text =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(),
            StandardCharsets.UTF_8);
    assertEquals("success", new JsonObject(text).getString("status"), text);
    server
        .request()
        .header("Accept-Encoding", "identity")
        .get("/api/v1/query?query=1&time=1")
        .then()
        .header("Content-Encoding", nullValue());
  }

  @Test
  void aLongAnswerIsCompressedWhileItIsStreamed() throws IOException {
    byte[] body = server.request().header("Accept-Encoding", "gzip").get(LONG).asByteArray();
    byte[] text = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    assertTrue(text.length > 2 * body.length, text.length + " bytes in " + body.length);
    assertEquals(
        "success", new JsonObject(new String(text, StandardCharsets.UTF_8)).getString("status"));
  }

  @Test
  void theFormGoesBeforeTheUrl() {
    server
        .request()
        .formParam("query", "2")
        .formParam("time", "1")
        .post("/api/v1/query?query=3&time=1")
        .then()
        .statusCode(200)
        .body("data.result[1]", equalTo("2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/v1/query                            | invalid parameter "query": unknown position: parse error: no expression found in input
          /api/v1/query?query=1&time=x             | invalid parameter "time": invalid time value for 'time': cannot parse "x" to a valid timestamp
          /api/v1/query?query=1&timeout=x          | invalid parameter "timeout": cannot parse "x" to a valid duration
          /api/v1/query?query=1&limit=-1           | invalid parameter "limit": limit must be non-negative
          /api/v1/query?query=1&limit=x            | invalid parameter "limit": strconv.Atoi: parsing "x": invalid syntax
          /api/v1/query_range?query=1              | invalid parameter "start": cannot parse "" to a valid timestamp
          /api/v1/series                           | no match[] parameter provided
          /api/v1/series?match[]=%7B%7D            | match[] must contain at least one non-empty matcher
          /api/v1/metadata?limit=x                 | limit must be a number
          /api/v1/status/tsdb?limit=0              | limit must be a positive number
          /api/v1/status/tsdb?limit=10001          | limit must not exceed 10000
          """)
  void aWrongParameterIsNamed(String path, String error) {
    server
        .request()
        .get(path.replace("[]", "%5B%5D"))
        .then()
        .statusCode(400)
        .contentType("application/json")
        .body("status", equalTo("error"))
        .body("errorType", equalTo("bad_data"))
        .body("error", endsWith(error));
  }

  /// Written by hand: no client library sends such URLs.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/query?query=%zz",
        "/api/v1/query?query=%ff",
        "/%zz",
        "/api/v1/label/%zz/values",
        "/api/v1/query?query=\u0001",
      })
  void aBrokenUrlIsTheClientsMistake(String path) throws IOException {
    List<String> logged = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("io.vertx.ext.web");
    Handler listener = listener(logged);
    logger.addHandler(listener);
    try {
      String answer = answer("GET " + path + " HTTP/1.0\r\n\r\n");
      assertTrue(answer.matches("(?s)HTTP/1.[01] 40[04] .*"), answer);
      assertTrue(
          !path.startsWith("/api/v1/query") || answer.contains("\"errorType\":\"bad_data\""),
          answer);
    } finally {
      logger.removeHandler(listener);
    }
    assertEquals(List.of(), logged, "a client's mistake is no news");
  }

  private static Handler listener(List<String> to) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        to.add(record.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static String statusLine(String request) throws IOException {
    return answer(request).lines().findFirst().orElse("");
  }

  private static String answer(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void healthAnswersHeadToo() {
    server.request().head("/-/healthy").then().statusCode(200).body(equalTo(""));
    server.request().head("/-/ready").then().statusCode(200).body(equalTo(""));
  }

  @Test
  void metricsCountRequestsByRoute() {
    server.request().get("/api/v1/label/job/values").then().statusCode(200);
    server
        .request()
        .get("/metrics")
        .then()
        .statusCode(200)
        .body(
            containsString(
                "prometheus_http_requests_total{code=\"200\",handler=\"/api/v1/label/:name/values\"}"));
  }
}
