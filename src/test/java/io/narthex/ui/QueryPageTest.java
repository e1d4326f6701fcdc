package io.narthex.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/// The expression browser in a real one, under its own security policy.
class QueryPageTest extends QueryPageCase {

  private static final String GRAPH = "/query?g0.expr=process_resident_memory_bytes&g0.tab=graph";

  @Test
  void keyboardAloneLeadsToAnAnswer() {
    browser.open(server.url("/query"));
    browser.find(".cm-focused");
    browser.type("sum(up)");
    browser.await(".cm-tooltip-autocomplete", "!=");
    browser.type(Keys.ENTER);
    browser.await(".result", "node-1:9100");
    browser.await(".stats", "3 series");
    assertTrue(
        browser.driver.getCurrentUrl().contains("g0.expr=sum%28up%29&"), "the address tells");
    browser.find("[role=tab][aria-selected=true]").sendKeys(Keys.ARROW_RIGHT);
    browser.find(".plot canvas");
    browser.await(".legend", "node-4:9100");
    assertTrue(
        browser.driver.getCurrentUrl().contains("g0.tab=graph"), "the tab is in the address");
    browser.driver.executeScript("document.activeElement.blur()");
    browser.type("/");
    browser.find(".cm-focused");
    browser.type(" + scalar(x)");
    browser.chord(Keys.CONTROL, Keys.ENTER);
    browser.awaitTrue("decodeURIComponent(location.search).includes('sum(up)+++scalar(x)')");
    browser.screenshot("keyboard");
  }

  @Test
  void completionOffersMetricsOfTheServer() {
    browser.open(server.url("/query"));
    browser.find(".cm-focused");
    browser.type("rate(http_requ");
    browser.await(".cm-tooltip-autocomplete", "http_requests_total");
    browser.await(".cm-tooltip-autocomplete", "counter");
    browser.screenshot("completion");
    browser.type(Keys.TAB);
    browser.awaitTrue(
        "document.querySelector('.cm-content').textContent.includes('rate(http_request')");
    assertEquals(List.of(), server.api.queries, "choosing a completion runs nothing");
  }

  @Test
  void mistakesAreUnderlinedAndExplained() {
    browser.open(server.url("/query"));
    browser.find(".cm-focused");
    browser.type("rate(up)");
    browser.find(".cm-lintRange-error");
    new Actions(browser.driver).moveToElement(browser.find(".cm-lintRange-error")).perform();
    browser.await(".cm-tooltip-lint", "expected type");
    browser.screenshot("lint");
  }

  @Test
  void errorsOfTheServerAreShownAsText() {
    browser.open(server.url("/query?g0.expr=boom"));
    browser.await(".note.error", "bad_data: invalid parameter");
    browser.await(".note.error", "<b>unexpected</b>");
    browser.screenshot("error");
  }

  @Test
  void warningsAndInfosStandAboveTheResult() {
    browser.open(server.url("/query?g0.expr=warn"));
    browser.await(".note.warning", "a bucket has no le label");
    browser.await(".note.info", "might not be a counter");
    browser.await(".result", "node-0:9100");
  }

  @ParameterizedTest
  @CsvSource({"table", "graph"})
  void labelValuesNeverBecomeMarkup(String tab) {
    browser.open(server.url("/query?g0.expr=up&g0.tab=" + tab));
    browser.await(".result, .legend", "node-0");
    assertTrue(browser.all("main img").isEmpty(), "no label value became an element");
    assertNotEquals("owned", browser.driver.getTitle());
    if (tab.equals("table")) {
      browser.await(".result", "<img src=x onerror=\\\"document");
      browser.screenshot("hostile-label");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          up[1m]     | 1 @
          scalar(up) | 42
          native     | count 12, sum 13.7
          """)
  void everyKindOfResultHasATable(String expression, String text) {
    browser.open(server.url("/query?g0.expr=" + expression.replace("[", "%5B")));
    browser.await(".result", text);
  }

  @ParameterizedTest
  @CsvSource({"light, 1280, 900", "dark, 1280, 900", "light, 390, 844", "dark, 390, 844"})
  void graphIsDrawn(String theme, int width, int height) {
    browser.systemTheme(theme);
    browser.size(width, height);
    browser.open(server.url(GRAPH));
    browser.await(".legend", "node-4:9100");
    browser.find(".plot canvas");
    int wide = browser.contentWidth();
    assertTrue(wide <= width, "nothing sticks out: " + wide);
    WebElement plot = browser.find(".u-over");
    new Actions(browser.driver).moveToElement(plot, 30, -20).perform();
    browser.await(".tip", "MiB");
    browser.screenshot("graph-" + theme + "-" + width);
  }

  @Test
  void legendShowsOneSeriesAlone() {
    browser.open(server.url(GRAPH));
    browser.await(".legend", "node-4:9100");
    browser.all(".legend li button").get(2).click();
    assertEquals(1, browser.all(".legend [aria-pressed=true]").size());
    browser.all(".legend li button").get(2).click();
    assertEquals(5, browser.all(".legend [aria-pressed=true]").size());
    new Actions(browser.driver)
        .keyDown(Keys.CONTROL)
        .click(browser.all(".legend li button").get(0))
        .keyUp(Keys.CONTROL)
        .perform();
    assertEquals(4, browser.all(".legend [aria-pressed=true]").size());
  }

  @Test
  void stackedManySeries() {
    browser.open(
        server.url("/query?g0.expr=many&g0.tab=graph&g0.display_mode=stacked&g0.range_input=6h"));
    browser.await(".legend", "node-23:9100");
    assertEquals(
        "true", browser.find(".switch button:nth-child(2)").getDomAttribute("aria-pressed"));
    browser.screenshot("stacked");
    browser.find(".switch button:nth-child(1)").click();
    browser.awaitTrue("location.search.includes('display_mode=lines')");
    browser.screenshot("many");
  }

  @Test
  void draggingZooms() {
    browser.open(server.url(GRAPH + "&g0.end_input=2026-01-31%2012:00:00"));
    browser.await(".legend", "node-4:9100");
    new Actions(browser.driver)
        .moveToElement(browser.find(".u-over"), -100, 0)
        .clickAndHold()
        .moveByOffset(200, 0)
        .release()
        .perform();
    browser.awaitTrue("!location.search.includes('range_input=1h&')");
    assertNotEquals("1h", browser.find("[aria-label=Range]").getDomProperty("value"));
  }

  @Test
  void stateTravelsInPrometheusParameters() {
    browser.open(
        server.url(
            "/graph?g0.expr=up&g0.tab=0&g0.stacked=1&g0.range_input=6h&g0.end_input=2026-01-31%2012%3A00"
                + "&g0.step_input=60&g1.expr=scalar(up)&g1.tab=1"));
    browser.await(".legend", "node-4:9100");
    browser.await(".result", "42");
    assertEquals("6h", browser.find("[aria-label=Range]").getDomProperty("value"));
    assertEquals("1m", browser.find("[aria-label='Custom step']").getDomProperty("value"));
    assertEquals(
        "2026-01-31 12:00:00", browser.find("[aria-label='End time']").getDomProperty("value"));
    browser.button("Longer range").click();
    browser.awaitTrue("location.search.includes('g0.range_input=12h')");
    String search = browser.evaluate("location.search").toString();
    assertTrue(
        search.startsWith(
            "?g0.expr=up&g0.show_tree=0&g0.tab=graph&g0.end_input=2026-01-31+12%3A00%3A00"
                + "&g0.moment_input=2026-01-31+12%3A00%3A00&g0.range_input=12h&g0.res_type=custom"
                + "&g0.res_step=60&g0.display_mode=stacked"),
        search);
    assertTrue(search.contains("&g1.expr=scalar%28up%29&g1.show_tree=0&g1.tab=table"), search);
  }

  @Test
  void slowQueryCanBeCancelled() {
    browser.open(page("endless", ""));
    browser.await(".ask .primary", "Cancel");
    browser.find(".ask .primary").click();
    browser.await(".note.info", "Cancelled.");
    browser.await(".ask .primary", "Execute");
  }

  @Test
  void panelsComeAndGo() {
    browser.open(server.url("/query?g0.expr=up"));
    browser.await(".result", "node-0");
    browser.button("Duplicate panel").click();
    browser.awaitTrue("document.querySelectorAll('.result').length === 2");
    browser.find(".add").click();
    assertEquals(3, browser.all(".panel").size());
    browser.button("Remove panel").click();
    assertEquals(2, browser.all(".panel").size());
    browser.driver.navigate().back();
    browser.awaitTrue("document.querySelectorAll('.panel').length === 3");
  }

  @Test
  void explorerInsertsAMetric() {
    browser.open(server.url("/query"));
    browser.find(".cm-focused");
    browser.button("Explore metrics").click();
    browser.await(".choices", "Requests answered so far.");
    browser.screenshot("explorer");
    browser.type("answered");
    browser.await(".picker footer", "1 of 7");
    browser.type(Keys.ENTER);
    browser.awaitGone("dialog");
    assertEquals("http_requests_total", browser.texts(".cm-content").getFirst());
  }

  @Test
  void explorerNarrowsByLabels() {
    browser.open(server.url("/query"));
    browser.button("Explore metrics").click();
    browser.button("Labels of http_requests_total").click();
    browser.await(".picker footer", "6 of 6 series");
    browser.await(".label-list", "code 3 values");
    for (WebElement label : browser.all(".label-list summary")) {
      label.click();
    }
    browser.await(".values", "<img src=x");
    browser.all(".values input").get(0).click();
    browser.all(".values input").get(2).click();
    browser.await(".selector", "http_requests_total{code=~\"200|500\"}");
    browser.await(".picker footer", "4 of 6 series");
    browser.screenshot("labels");
    browser.all(".buttons button").get(0).click();
    browser.awaitGone("dialog");
    assertEquals(
        "rate(http_requests_total{code=~\"200|500\"}[5m])",
        browser.texts(".cm-content").getFirst());
  }

  @Test
  void historyBringsAnExpressionBack() {
    browser.open(server.url("/query?g0.expr=up"));
    browser.await(".result", "node-0");
    browser.open(server.url("/query"));
    browser.button("Query history").click();
    browser.await(".choices", "up");
    browser.type(Keys.ARROW_DOWN, Keys.ENTER);
    browser.await(".result", "node-0");
  }

  @Test
  void expressionsAreFormattedByTheServer() {
    browser.open(server.url("/query?g0.expr=sum%20by(job)(up)"));
    browser.button("Format expression").click();
    browser.awaitTrue("document.querySelectorAll('.cm-line').length === 3");
  }

  @Test
  void chosenThemeStays() {
    browser.open(server.url("/query"));
    browser.find("#theme").click();
    browser.find("#theme").click();
    browser.open(server.url("/targets"));
    assertEquals("dark", browser.find("html").getDomAttribute("data-theme"));
    assertFalse(browser.all("#theme .icon").isEmpty());
  }
}
