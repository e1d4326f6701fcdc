package io.narthex.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/// The explain tab, and messages that tell their place, in a real browser.
class ExplainTest extends QueryPageCase {

  private static final String JOIN =
      "sum by (job) (rate({\"ärger\", a=\"é\"}[5m])) / on (job, instance) group_left () up * 2";

  @Test
  void treeShowsEachPartWithItsResult() {
    browser.open(page(JOIN, "&g0.tab=explain"));
    browser.await(".tree", "up");
    browser.awaitTrue("document.querySelectorAll('.tree .count').length === 6");
    assertEquals(
        List.of(
            "… * 2",
            "… / on (job, instance) group_left () …",
            "sum by (job) (…)",
            "rate(…)",
            "{\"ärger\", a=\"é\"}[5m]",
            "up"),
        browser.texts(".node-text"));
    browser.await(".tree .count", "3 series");
    browser.await(".tree .label", "instance 3");
    browser.await(".stats", "7 parts");
    String range = "last_over_time({\"ärger\", a=\"é\"}[5m])";
    assertTrue(server.api.queries.contains(range), "no range is fetched: " + server.api.queries);
    browser.screenshot("explain");
  }

  @Test
  void pointedPartStandsOutInTheEditor() {
    browser.open(page("sum(rate({\"ä_total\"}[5m])) + up", "&g0.tab=explain"));
    browser.await(".tree", "up");
    WebElement last = browser.all(".tree .node").getLast();
    new Actions(browser.driver).moveToElement(last).perform();
    browser.await(".cm-place-node", "up");
    assertEquals("up", String.join("", browser.texts(".cm-place-node")));
  }

  @Test
  void chosenPartIsExplainedInWords() {
    browser.open(page("up / on (instance) up{job!=\"x\"} offset 5m", "&g0.tab=explain"));
    browser.await(".details", "One series on the left meets one on the right");
    browser.await(".details", "3 of 3 groups have both sides.");
    browser.await(".meetings", "instance=\"node-0:9100\"");
    browser.all(".tree .node").getLast().click();
    browser.await(".details", "job is not \"x\"");
    browser.await(".details", "Seen 5m before the evaluation time.");
    assertTrue(browser.all("main img").isEmpty(), "no label value became an element");
  }

  @Test
  void executionIsShownIfTheServerTells() {
    browser.open(page("up + up", "&g0.tab=explain"));
    browser.await(".plan", "select");
    browser.await(".plan .num", "3 ms");
    browser.await(".plan .num", "360");
    new Actions(browser.driver).moveToElement(browser.all(".plan-node").getLast()).perform();
    browser.await(".cm-place-node", "up");
    browser.screenshot("plan");
  }

  @Test
  void refusedMatchIsShown() {
    browser.open(page("up / on (job) up", "&g0.tab=explain"));
    browser.await(".meetings .bad", "refused: 3 on the left");
  }

  @Test
  void keyboardLeadsThroughTabsAndTree() {
    browser.open(page("sum(up)", ""));
    browser.await(".result", "node-0");
    browser.find("[role=tab][aria-selected=true]").sendKeys(Keys.ARROW_LEFT);
    browser.await(".tree", "sum(…)");
    assertTrue(browser.driver.getCurrentUrl().contains("g0.tab=explain"), "the tab is kept");
    browser.all(".tree .node").getLast().sendKeys(Keys.ENTER);
    browser.await(".details", "The latest value of each series named up.");
  }

  @Test
  void partOpensInAPanelOfItsOwn() {
    browser.open(page("sum(rate(up[5m])) > 0", "&g0.tab=explain"));
    browser.await(".tree", "rate(…)");
    browser.all(".tree .node").get(2).click();
    browser.find(".details button").click();
    browser.await(".result", "node-0");
    assertEquals("rate(up[5m])", browser.texts(".cm-content").getLast());
    browser.awaitTrue("location.search.includes('g1.expr=rate%28up%5B5m%5D%29')");
  }

  @Test
  void messagesAreMarkedAtTheirPlace() {
    browser.open(page("rate(warn[5m])\n + sum(up)", ""));
    browser.await(".cm-place-info", "warn");
    browser.await(".cm-place-warning", "up");
    browser.find(".note.warning .place").click();
    assertEquals("up", browser.evaluate("getSelection().toString()"));
    new Actions(browser.driver).moveToElement(browser.find(".cm-place-info")).perform();
    browser.await(".place-tip", "might not be a counter");
    browser.screenshot("messages");
    browser.find(".cm-content").sendKeys(Keys.END, " ");
    browser.awaitGone(".cm-place");
  }

  @Test
  void mistakeIsMarkedWhereTheServerFoundIt() {
    browser.open(page("sum(boom)", ""));
    browser.await(".cm-place-error", "boom");
    browser.await(".note.error .place", "1:5");
  }
}
