package io.narthex.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.narthex.clock.Durations;
import io.narthex.model.exposition.ReferenceData;
import io.narthex.model.labels.Labels;
import io.narthex.model.relabel.RelabelAction;
import io.narthex.model.relabel.RelabelConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The reference's tables: labels of targets and samples, limits, headers.
final class ScrapeReferenceTest {

  @TestFactory
  Stream<DynamicTest> targetLabels() {
    return ReferenceData.cases("scrape/target_labels.json").stream()
        .map(c -> DynamicTest.dynamicTest(c.getValue("target").toString(), () -> target(c)));
  }

  private static void target(JsonObject c) {
    JsonObject job = c.getJsonObject("scrape_config");
    ScrapeConfigDraft draft = new ScrapeConfigDraft();
    draft.jobName = job.getString("JobName");
    draft.scheme = job.getString("Scheme");
    draft.metricsPath = job.getString("MetricsPath");
    draft.intervalMs = Durations.parseMs(job.getString("ScrapeInterval"));
    draft.timeoutMs = Durations.parseMs(job.getString("ScrapeTimeout"));
    draft.relabelConfigs =
        job.getJsonArray("RelabelConfigs", new JsonArray()).stream()
            .map(o -> rule((JsonObject) o))
            .toList();
    ScrapeConfig config = draft.resolve(ScrapeGlobals.DEFAULT);
    Labels own = Labels.ofMap(ReferenceData.strings(c.getJsonObject("target")));
    TargetBuilder builder = new TargetBuilder(config);
    String error = c.getString("error");
    if (error == null) {
      assertEquals(
          Labels.ofMap(ReferenceData.strings(c.getJsonObject("result"))),
          builder.populate(own, Labels.EMPTY));
      assertEquals(
          Labels.ofMap(ReferenceData.strings(c.getJsonObject("discovered"))),
          TargetBuilder.discovered(config, own, Labels.EMPTY).build());
      return;
    }
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> builder.populate(own, Labels.EMPTY))
                .getMessage());
    // Durations are told from each other by another message here than in the newest reference.
    String expected = error.contains("unknown unit") ? error.substring(0, 29) : error;
    assertEquals(expected, message.substring(0, Math.min(expected.length(), message.length())));
  }

  private static RelabelConfig rule(JsonObject o) {
    return new RelabelConfig(
        o.getJsonArray("SourceLabels").stream().map(String.class::cast).toList(),
        ";",
        o.getString("Regex"),
        0,
        o.getString("TargetLabel"),
        o.getString("Replacement"),
        RelabelAction.parse(o.getString("Action").replace("relabel.", "")));
  }

  @TestFactory
  Stream<DynamicTest> conflictingLabels() {
    return ReferenceData.cases("scrape/conflicting_labels.json").stream()
        .map(c -> DynamicTest.dynamicTest(c.getString("title"), () -> conflict(c)));
  }

  private static void conflict(JsonObject c) {
    StepHarness t = harness(c, d -> d.honorLabels = c.getBoolean("honor_labels"));
    t.scrape(c.getString("scraped"));
    Labels expected = Labels.ofMap(ReferenceData.strings(c.getJsonObject("result")));
    assertEquals(expected, t.firstLabels());
  }

  @TestFactory
  Stream<DynamicTest> labelLimits() {
    return ReferenceData.cases("scrape/label_limits.json").stream()
        .map(c -> DynamicTest.dynamicTest(c.getString("title"), () -> limit(c)));
  }

  private static void limit(JsonObject c) {
    JsonObject limits = c.getJsonObject("limits");
    StepHarness t =
        harness(
            c,
            d -> {
              d.labelLimit = limits.getInteger("labelLimit", 0);
              d.labelNameLengthLimit = limits.getInteger("labelNameLengthLimit", 0);
              d.labelValueLengthLimit = limits.getInteger("labelValueLengthLimit", 0);
            });
    t.scrape(c.getString("scraped"));
    assertEquals(c.getBoolean("fails"), !t.lastError.isEmpty(), t.lastError);
    assertEquals(c.getBoolean("fails") ? 1 : 0, t.metrics.exceededLabelLimits.value());
  }

  private static StepHarness harness(
      JsonObject c, java.util.function.Consumer<ScrapeConfigDraft> configure) {
    Map<String, String> labels = ReferenceData.strings(c.getJsonObject("target_labels"));
    return new StepHarness(configure, Labels.ofMap(labels), true);
  }

  @TestFactory
  Stream<DynamicTest> acceptHeaders() {
    return ReferenceData.cases("scrape/accept_header.json").stream()
        .map(c -> DynamicTest.dynamicTest(c.getString("name"), () -> accept(c)));
  }

  private static void accept(JsonObject c) {
    List<String> words =
        c.getJsonArray("scrapeProtocols").stream().map(String.class::cast).toList();
    assertEquals(
        c.getString("expectedHeader"),
        AcceptHeader.of(
            ScrapeProtocol.parseAll(words),
            ScrapeGlobals.escaping(c.getString("scheme"), "global")));
  }
}
