package io.narthex.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.interactions.Actions;

/// Heat maps, exemplars and very many lines in a real browser.
class GraphDrawingTest extends QueryPageCase {

  private static final String INKED_PIXELS =
      "(() => { const c = document.querySelector('.plot canvas');"
          + " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
          + " let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 0) n++; return n; })()";

  @ParameterizedTest
  @CsvSource({"light, 1280, 900", "dark, 390, 844"})
  void nativeHistogramsAreAHeatMap(String theme, int width, int height) {
    browser.systemTheme(theme);
    browser.size(width, height);
    browser.open(page("rate(native_seconds[5m])", "&g0.tab=graph"));
    browser.await(".heat figcaption", "latency_seconds{instance=\"node-0\"");
    browser.awaitTrue(INKED_PIXELS + " > 20000");
    new Actions(browser.driver).moveToElement(browser.find(".heat .u-over"), 20, -40).perform();
    browser.await(".tip", "% of 33");
    browser.await(".tip", "mean 800 ms");
    assertTrue(browser.contentWidth() <= width, "nothing sticks out");
    browser.screenshot("heat-" + theme);
  }

  @Test
  void classicBucketsAreAHeatMapOnRequest() {
    browser.open(page("rate(latency_seconds_bucket[5m])", "&g0.tab=graph"));
    browser.await(".legend", "le=\"0.5\"");
    browser.find(".switch button:nth-child(3)").click();
    browser.await(".heat figcaption", "latency_seconds_bucket{instance");
    assertTrue(browser.all(".legend").isEmpty(), "no lines any more");
    browser.awaitTrue("location.search.includes('display_mode=heatmap')");
    new Actions(browser.driver).moveToElement(browser.find(".heat .u-over"), 20, 10).perform();
    browser.await(".tip", "25% of 40");
    browser.find(".switch button:nth-child(1)").click();
    browser.await(".legend", "le=\"0.5\"");
  }

  @Test
  void heatMapOfFloatsSaysSo() {
    browser.open(page("up", "&g0.tab=graph&g0.display_mode=heatmap"));
    browser.await(".note.info", "no histograms");
    browser.await(".legend", "node-4:9100");
  }

  @Test
  void exemplarsLieOnTheGraphAndInATable() {
    browser.open(page("process", "&g0.tab=graph&g0.range_input=30m"));
    browser.await(".legend", "node-4:9100");
    assertEquals(List.of("process"), server.api.queries, "exemplars are asked for on request");
    browser.driver.executeScript(
        "[...document.querySelectorAll('.check')]"
            + ".find(e => e.textContent === 'Exemplars').firstChild.click()");
    browser.await(".exemplars summary", "2 exemplars");
    browser.awaitTrue("location.search.includes('show_exemplars=1')");
    assertTrue(server.api.queries.contains("exemplars of process"));
    browser.find(".exemplars summary").click();
    browser.await(".exemplar-rows", "trace_id=\"4bf92f35\"");
    browser.await(".exemplar-rows", "trace_id=\"<b>\"");
    browser.find(".exemplars summary").click();
    pointAtTheOlderExemplar();
    browser.await(".tip", "trace_id=\"4bf92f35\"");
    browser.screenshot("exemplars");
    new Actions(browser.driver).click().perform();
    browser.await(".exemplar-rows tr.near", "4bf92f35");
  }

  /// It lies two thirds of the plot's width from its left edge; its height is looked for.
  private static void pointAtTheOlderExemplar() {
    int width =
        ((Number) browser.evaluate("document.querySelector('.u-over').clientWidth")).intValue();
    int height =
        ((Number) browser.evaluate("document.querySelector('.u-over').clientHeight")).intValue();
    for (int y = -height / 2 + 4; y < height / 2; y += 6) {
      new Actions(browser.driver).moveToElement(browser.find(".u-over"), width / 6, y).perform();
      if (browser.texts(".tip").stream().anyMatch(tip -> tip.contains("4bf92f35"))) {
        return;
      }
    }
  }

  @Test
  void veryManyLinesAreDrawnOnRequest() {
    browser.open(page("crowd", "&g0.tab=graph"));
    browser.await(".note.info", "The first 500 of 600 series are drawn.");
    browser.find(".note.info button").click();
    browser.awaitGone(".note.info");
    browser.await(".legend", "Show all 600 series");
  }

  @Test
  void histogramsInTheTableShowTheirShape() {
    browser.open(page("native", ""));
    browser.await(".result", "count 12, sum 13.7, mean 1.142");
    assertEquals(2, browser.all(".shape rect").size());
    browser.find(".histogram summary").click();
    browser.await(".histogram td", "(0.5, 1]");
    browser.screenshot("histogram-table");
  }
}
