package io.narthex.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/// The pages of the status menu in a real browser, behind a path prefix.
class StatusPagesTest {

  private static Browser browser;
  private static UiServer server;

  @BeforeAll
  static void start() throws Exception {
    browser = new Browser();
    server = new UiServer("/mon");
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

  @AfterEach
  void consoleIsQuietAndNobodyElseWasAsked() {
    assertEquals(List.of(), browser.complaints());
    assertEquals(List.of(), browser.foreignRequests());
  }

  @ParameterizedTest
  @CsvSource({
    "targets, light, 1280",
    "targets, dark, 1280",
    "targets, light, 390",
    "service-discovery, light, 1280",
    "service-discovery, dark, 390",
    "tsdb-status, light, 1280",
    "tsdb-status, dark, 390",
    "queries, dark, 390",
    "config, light, 1280",
    "flags, dark, 1280",
    "status, light, 1280",
    "status, dark, 390"
  })
  void pageFitsItsWindow(String page, String theme, int width) {
    browser.systemTheme(theme);
    browser.size(width, 844);
    browser.open(server.url("/" + page));
    browser.find("h1");
    int wide = browser.contentWidth();
    browser.screenshot(page + "-" + theme + "-" + width);
    assertTrue(wide <= width, "nothing sticks out: " + wide);
  }

  @Test
  void targetsFilterWhileTyping() {
    browser.open(server.url("/targets"));
    browser.find("#search").sendKeys("node-1");
    browser.awaitTrue("document.querySelectorAll('.targets tbody tr').length === 1");
    assertTrue(
        browser.driver.getCurrentUrl().endsWith("?search=node-1"), "the filter is shareable");
    assertTrue(browser.find("#search").equals(browser.driver.switchTo().activeElement()));
  }

  @Test
  void freshRowsKeepFoldedPoolsAndFocus() {
    server.model.lastError = "";
    browser.open(server.url("/targets"));
    browser.find("[data-pool=node] summary").click();
    browser.find("[data-pool='api-servers'] a").sendKeys("");
    server.model.lastError = "server returned HTTP status 503 <b>down</b>";
    browser.driver.executeScript("document.querySelector('[data-pool=\"api-servers\"] a').focus()");
    browser.driver.executeScript(
        "document.getElementById('filter').dispatchEvent(new Event('submit', {cancelable: true}))");
    browser.await(".targets .error", "HTTP status 503 <b>down</b>");
    assertEquals(
        null,
        browser.find("[data-pool=node]").getDomAttribute("open"),
        "a folded pool stays folded");
    browser.driver.executeScript("localStorage.clear()");
    assertEquals("A", browser.driver.switchTo().activeElement().getTagName().toUpperCase());
  }

  @Test
  void thousandsOfTargetsStayUsable() {
    server.model.fleet = 10_000;
    try {
      browser.size(1280, 844);
      browser.open(server.url("/targets"));
      browser.await(".counts", "20,003 up");
      assertTrue(browser.all(".targets tbody tr").size() <= 505);
      browser.screenshot("targets-fleet");
      browser.find("#search").sendKeys("fleet-9999:");
      browser.awaitTrue("document.querySelectorAll('.targets tbody tr').length === 1");
      browser.open(server.url("/targets?pool=fleet"));
      browser.driver.findElement(By.linkText("Next")).click();
      browser.await(".turns", "Targets 501 to 1000 of 10000");
      browser.find("#search").sendKeys("fleet-1:");
      browser.await(".endpoint", "fleet-1:9100");
      assertTrue(
          browser.driver.getCurrentUrl().endsWith("?pool=fleet&search=fleet-1%3A"),
          browser.driver.getCurrentUrl());
    } finally {
      server.model.fleet = 0;
    }
  }

  @Test
  void foldedPoolsStayFoldedOnTheNextVisit() {
    browser.open(server.url("/targets"));
    browser.find("[data-pool=node] summary").click();
    browser.awaitTrue("localStorage.getItem('narthex.folded.targets') === '[\"node\"]'");
    browser.open(server.url("/targets"));
    browser.awaitTrue("!document.querySelector('[data-pool=node]').open");
    browser.find("[data-pool=node] summary").click();
    browser.awaitTrue("localStorage.getItem('narthex.folded.targets') === '[]'");
  }

  @Test
  void startOfTheServerIsShownUntilItIsReady() {
    server.api.ready = false;
    try {
      browser.open(server.url("/targets"));
      browser.await(".starting", "segment 2 of 8");
      browser.screenshot("starting");
    } finally {
      server.api.ready = true;
    }
    browser.awaitGone(".starting");
    browser.await("h1", "Target health");
  }

  @Test
  void runningQueryIsListedAndCancelled() {
    server.api.running =
        JsonArray.of(
            StubSeries.running(7, "sum(rate(up[5m])) # <b>", false),
            StubSeries.running(8, "count({x=~\".+\"})", true));
    browser.open(server.url("/queries"));
    browser.await(".running .name", "sum(rate(up[5m])) # <b>");
    browser.await(".running", "1h, step 15s");
    browser.await("#queries [role=status]", "1 running, 1 waiting");
    browser.screenshot("queries");
    browser.all(".running button").getFirst().click();
    browser.await("#queries [role=status]", "0 running, 1 waiting");
    server.api.running = new JsonArray();
    browser.await("#queries [role=status]", "No query is running.");
  }

  @Test
  void statusMenuClosesByEscape() {
    browser.open(server.url("/query"));
    browser.find(".menu summary").sendKeys(Keys.ENTER);
    assertEquals(7, browser.all(".menu[open] a").size());
    browser.type(Keys.TAB, Keys.ESCAPE);
    browser.awaitGone(".menu[open]");
    browser.find(".menu summary").sendKeys(Keys.ENTER);
    browser.driver.findElement(By.linkText("Command-line flags")).click();
    assertTrue(browser.driver.getCurrentUrl().endsWith("/mon/flags"));
  }

  @Test
  void flagsFilterWhileTyping() {
    browser.open(server.url("/flags"));
    browser.find("#search").sendKeys("tsdb");
    browser.awaitTrue("document.querySelectorAll('#flags tr:not([hidden])').length === 1");
  }
}
