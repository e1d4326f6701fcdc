package io.narthex.model.relabel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.model.exposition.ReferenceData;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.labels.NameValidation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The reference's rules: what they do to labels, and which are refused.
final class RelabelReferenceTest {

  @TestFactory
  Stream<DynamicTest> rules() {
    return ReferenceData.cases("relabel/relabel.json").stream()
        .map(c -> DynamicTest.dynamicTest(c.getValue("relabel_configs").toString(), () -> rule(c)));
  }

  private static void rule(JsonObject c) {
    List<RelabelConfig> configs =
        c.getJsonArray("relabel_configs").stream()
            .map(o -> config((JsonObject) o, RelabelAction.REPLACE))
            .toList();
    LabelsBuilder labels =
        new LabelsBuilder(Labels.ofMap(ReferenceData.strings(c.getJsonObject("labels"))));
    boolean kept = new Relabeler(configs, NameValidation.UTF8).process(labels);
    JsonObject result = c.getJsonObject("result");
    assertEquals(result != null, kept);
    if (kept) {
      assertEquals(Labels.ofMap(ReferenceData.strings(result)), labels.build());
    }
  }

  @TestFactory
  Stream<DynamicTest> validity() {
    return ReferenceData.cases("relabel/validate.json").stream()
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> valid(c)));
  }

  private static void valid(JsonObject c) {
    RelabelConfig config = config(c.getJsonObject("config"), null);
    String expected = c.getString("error_contains");
    NameValidation names = NameValidation.UTF8;
    if (expected.isEmpty()) {
      config.validate(names);
      return;
    }
    // One of two cases that look the same is meant for legacy names.
    if (expected.contains("is invalid 'target_label'")) {
      names = NameValidation.LEGACY;
    }
    NameValidation scheme = names;
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> config.validate(scheme))
                .getMessage());
    assertTrue(message.contains(expected), message);
  }

  @TestFactory
  Stream<DynamicTest> legacyTargets() {
    return ReferenceData.cases("relabel/target_label_legacy.json").stream()
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> legacyTarget(c)));
  }

  private static void legacyTarget(JsonObject c) {
    JsonObject fields = new JsonObject().put("target_label", c.getString("target_label"));
    RelabelConfig config = config(fields, RelabelAction.REPLACE);
    if (c.getBoolean("valid_legacy")) {
      config.validate(NameValidation.LEGACY);
    } else {
      assertThrows(IllegalArgumentException.class, () -> config.validate(NameValidation.LEGACY));
    }
  }

  private static RelabelConfig config(JsonObject o, @Nullable RelabelAction absent) {
    String action = o.getString("action");
    return new RelabelConfig(
        o.getJsonArray("source_labels", new JsonArray()).stream().map(String.class::cast).toList(),
        o.getString("separator", RelabelConfig.DEFAULT_SEPARATOR),
        o.getString("regex", RelabelConfig.DEFAULT_REGEX),
        o.getLong("modulus", 0L),
        o.getString("target_label", ""),
        o.getString("replacement", RelabelConfig.DEFAULT_REPLACEMENT),
        action == null ? absent : RelabelAction.parse(action));
  }
}
