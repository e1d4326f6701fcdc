package io.narthex.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// What the browser tests of the query page share: one browser and one server, as new for each
/// test, and a console that must stay quiet.
abstract class QueryPageCase {

  static Browser browser;
  static UiServer server;

  @BeforeAll
  static void start() throws Exception {
    browser = new Browser();
    server = new UiServer("");
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void forget() {
    browser.open(server.url("/flags"));
    browser.driver.executeScript("localStorage.clear()");
    browser.size(1280, 900);
    browser.systemTheme("light");
    server.api.queries.clear();
  }

  @AfterEach
  void consoleIsQuietAndNobodyElseWasAsked() {
    assertEquals(List.of(), browser.complaints());
    assertEquals(List.of(), browser.foreignRequests());
  }

  /// Address of the query page with `expression` in its first panel.
  static String page(String expression, String more) {
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    return server.url("/query?g0.expr=" + encoded + more);
  }
}
