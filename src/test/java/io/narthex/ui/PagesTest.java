package io.narthex.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages as a client without scripts gets them.
class PagesTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static UiServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new UiServer("/narthex");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void titleIsThatOfTheFlagAndEscaped() throws Exception {
    try (UiServer named = new UiServer("", "North & <South>")) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(named.url("/flags"))).build();
      String page = CLIENT.send(request, BodyHandlers.ofString()).body();
      assertTrue(
          page.contains("<title>Command-line flags · North &amp; &lt;South&gt;</title>"), page);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /query             | <title>Query · Narthex</title>
          /targets           | 3 / 3 up
          /service-discovery | /etc/narthex/nodes.json
          /tsdb-status       | 585,000
          /queries           | /narthex/api/v1/status/queries
          /config            | scrape_interval: 15s
          /flags             | --web.listen-address
          /status            | 1d 2h
          """)
  void pageShowsItsModel(String path, String text) throws Exception {

    HttpResponse<String> page = get(path);
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains(text), page.body());
    assertTrue(page.body().contains("Narthex 0.1.0-test"), "version in the footer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/query",
        "/targets",
        "/service-discovery",
        "/tsdb-status",
        "/queries",
        "/config",
        "/flags",
        "/status"
      })
  void pageNeedsNothingInline(String path) throws Exception {
    String body = get(path).body();
    assertFalse(Pattern.compile("<script(?![^>]*src=)").matcher(body).find(), "inline script");
    assertFalse(Pattern.compile("<style|\\sstyle=").matcher(body).find(), "inline style");
    assertFalse(
        Pattern.compile("<[^>]*\\son[a-z]+=[\"'][^>]*>").matcher(body).find(), "inline handler");
    assertFalse(body.contains("href=\"/query"), "a link that ignores the external path");
  }

  @Test
  void policyForbidsInlineAndNonceChanges() throws Exception {
    HttpResponse<String> page = get("/query");
    String policy = header(page, "content-security-policy");
    assertTrue(policy.startsWith("default-src 'self'; script-src 'self';"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    var nonce = Pattern.compile("'nonce-([^']+)'").matcher(policy);
    assertTrue(nonce.find(), policy);
    String escaped = nonce.group(1).replace("+", "&#43;");
    assertTrue(
        page.body().contains("data-style-nonce=\"" + nonce.group(1) + "\"")
            || page.body().contains("data-style-nonce=\"" + escaped + "\""),
        "the page knows its nonce");
    assertNotEquals(policy, header(get("/query"), "content-security-policy"));
    assertEquals("nosniff", header(page, "x-content-type-options"));
    assertEquals("same-origin", header(page, "referrer-policy"));
    assertEquals("no-store", header(page, "cache-control"));
  }

  @Test
  void valuesAreEscaped() throws Exception {
    String targets = get("/targets").body();
    assertFalse(targets.contains("<img"), targets);
    assertTrue(targets.contains("&lt;img src=x onerror="), targets);
    assertFalse(targets.contains("href=\"javascript:"), "only web addresses become links");
    assertFalse(get("/config").body().contains("<script>"), "configuration is text");
    String search = get("/targets?search=" + encode("\"><img src=x>")).body();
    assertFalse(search.contains("<img"), "the search comes back as text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          search=NODE-1           | node-1:9100 | node-2:9100
          search=node-1 eu        | node-1:9100 | node-2:9100
          health=down             | api-1:8080  | node-1:9100
          pool=node               | node-1:9100 | api-1:8080
          pool=node&health=down   | No target matches the filter. | node-1:9100
          """)
  void targetsCanBeFilteredWithoutScripts(String query, String shown, String hidden)
      throws Exception {
    String page = get("/targets?" + query.replace(" ", "+")).body();
    assertTrue(page.contains(shown), page);
    assertFalse(page.contains("http://" + hidden), page);
  }

  @Test
  void targetsShowTheirLabelsBeforeRelabelling() throws Exception {
    String page = get("/targets?pool=node").body();
    assertTrue(page.contains("Before relabelling"), page);
    assertTrue(page.contains("<span class=\"ln\">__scheme__</span>=\"http\""), page);
  }

  @Test
  void metricsOfTheTsdbPageLeadToTheirQuery() throws Exception {
    String page = get("/tsdb-status").body();
    assertTrue(page.contains("href=\"/narthex/query?g0.expr=http_requests_total_0\""), page);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/targets", "/service-discovery"})
  void thousandsOfTargetsAreCutIntoPages(String path) throws Exception {
    server.model.fleet = 10_000;
    try {
      String all = get(path).body();
      assertTrue(all.length() < 1_200_000, "characters of the page: " + all.length());
      assertTrue(all.contains("Targets 1 to 100 of "), "part of a large pool");
      String first = get(path + "?pool=fleet&search=9100").body();
      assertTrue(first.contains("Targets 1 to 500 of "), "a page of the chosen pool");
      assertTrue(
          first.contains("href=\"?pool=fleet&amp;search=9100&amp;from=500\">Next"), "next page");
      String last = get(path + "?pool=fleet&from=99999999").body();
      assertFalse(last.contains(">Next"), "no page after the last");
      assertTrue(last.contains(">Previous"), "a page before the last");
    } finally {
      server.model.fleet = 0;
    }
  }

  @Test
  void poolsBeyondAFullPageAreNamed() throws Exception {
    server.model.fleet = 10_000;
    try {
      String page = get("/targets").body();
      assertTrue(
          page.contains("<a href=\"?pool=pool-99\">Show the 100 targets of this pool"), "link");
      assertTrue(page.contains("20,003 up"), "all are counted");
      assertTrue(get("/targets?pool=pool-99").body().contains("host-99-99:9100"), "its rows");
    } finally {
      server.model.fleet = 0;
    }
  }

  @Test
  void droppedTargetsSayWhatIsNotKept() throws Exception {
    String page = get("/service-discovery").body();
    assertTrue(page.contains("1 / 5 active"), page);
    assertTrue(page.contains("dropped by relabelling"), page);
    assertTrue(page.contains("3 more dropped targets are not kept"), page);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /tsdb-status            | 10
          /tsdb-status?limit=11   | 11
          /tsdb-status?limit=0    | 1
          /tsdb-status?limit=abc  | 10
          """)
  void tsdbListsAreAsLongAsAsked(String path, int rows) throws Exception {
    String page = get(path).body();
    int first = page.split("</table>")[1].split("<progress").length - 1;
    assertEquals(rows, first, page);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                           | /narthex/query
          /                            | /narthex/query
          /graph                       | /narthex/query
          /graph?g0.expr=up&g0.tab=0   | /narthex/query?g0.expr=up&g0.tab=0
          """)
  void oldAddressesLeadToTheBrowser(String path, String location) throws Exception {
    HttpResponse<String> answer = get(path);
    assertEquals(302, answer.statusCode());
    assertEquals(location, header(answer, "location"));
  }

  @Test
  void unknownAssetsAreNotFound() throws Exception {
    assertEquals(404, get("/assets/page.js").statusCode());
    assertEquals(404, get("/assets/..%2Fmanifest.properties").statusCode());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.url(path))).build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
