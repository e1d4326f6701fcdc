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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /query             | <title>Query · Narthex</title>
          /targets           | 3 / 3 up
          /service-discovery | /etc/narthex/nodes.json
          /tsdb-status       | 585,000
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
