package io.narthex.model.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.testing.Cases;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The peers' cases of matchers, names and label texts.
class LabelsConformanceTest {

  /// Recorded from 3.5.3, which compares folded prefixes and suffixes by their length in bytes and
  /// so misses the Kelvin sign; 3.14 finds it. See `kelvinSign`.
  private static final Set<String> FOLDED_BY_BYTES = Set.of("(?i)k.*", ".*(?i:k)");

  @Test
  void kelvinSign() {
    assertTrue(LabelRegex.compile("(?i)k.*").matches("\u212a-a"));
    assertTrue(LabelRegex.compile(".*(?i:k)").matches("abc\u212a"));
    assertFalse(LabelRegex.compile(".*(?i:k)").matches("\u212a-a"));
  }

  @Test
  void regexes() {
    Cases cases = Cases.of("parse/label_regex.json");
    JsonArray values = cases.file().getJsonArray("values");
    cases.run(c -> {
      String regex = c.getString("regex");
      if (c.getString("error") != null) {
        IllegalArgumentException e =
            assertThrows(IllegalArgumentException.class, () -> LabelRegex.compile(regex));
        assertEquals(c.getString("error"), e.getMessage());
        return;
      }
      if (FOLDED_BY_BYTES.contains(regex)) {
        return;
      }
      LabelRegex compiled = LabelRegex.compile(regex);
      List<Object> matches = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        if (compiled.matches(values.getString(i))) {
          matches.add(i);
        }
      }
      assertEquals(c.getJsonArray("matches").getList(), matches);
    });
  }

  @Test
  void matchers() {
    Cases.of("parse/label_matcher.json")
        .run(c -> {
          MatchType type =
              Arrays.stream(MatchType.values())
                  .filter(t -> t.text().equals(c.getString("type")))
                  .findFirst()
                  .orElseThrow();
          Matcher matcher = Matcher.of(type, "l", c.getString("pattern"));
          assertEquals(c.getBoolean("match"), matcher.matches(c.getString("value")));
          assertEquals(!c.getBoolean("match"), matcher.inverse().matches(c.getString("value")));
        });
  }

  @Test
  void names() {
    Cases.of("parse/names.json")
        .run(c -> {
          String name = Cases.text(c, "name");
          boolean legacy =
              c.getString("kind").equals("label")
                  ? LabelNames.isLegacyLabel(name)
                  : LabelNames.isLegacyMetric(name);
          assertEquals(c.getBoolean("legacy_valid"), legacy);
          assertEquals(c.getBoolean("utf8_valid"), LabelNames.isUtf8(name));
        });
  }

  @Test
  void texts() {
    Cases.of("parse/labels_string.json")
        .run(c -> {
          boolean metric = c.getJsonObject("labels") != null;
          Labels labels = labels(c.getJsonObject(metric ? "labels" : "labelset").getMap());
          assertEquals(c.getString("string"), metric ? labels.metricText() : labels.toString());
        });
  }

  @Test
  void fingerprints() {
    Cases.of("parse/label_signatures.json")
        .run(c -> {
          if (c.getString("fnv1a64") != null) {
            Labels labels = labels(c.getJsonObject("labels").getMap());
            assertEquals(
                c.getString("fnv1a64"), Long.toUnsignedString(LabelFingerprint.of(labels)));
          }
        });
  }

  @Test
  void escapedNames() {
    Cases.of("parse/name_escaping.json")
        .run(c -> {
          if (c.getString("unescaped") != null) {
            assertEquals(
                c.getString("unescaped"), NameEscaping.VALUES.unescape(c.getString("values")));
            return;
          }
          String name = c.getString("name");
          assertEquals(c.getString("underscores"), NameEscaping.UNDERSCORES.escape(name));
          assertEquals(c.getString("dots"), NameEscaping.DOTS.escape(name));
          assertEquals(c.getString("values"), NameEscaping.VALUES.escape(name));
          assertEquals(
              c.getString("unescaped_dots"), NameEscaping.DOTS.unescape(c.getString("dots")));
          assertEquals(name, NameEscaping.VALUES.unescape(c.getString("values")));
        });
  }

  private static Labels labels(Map<String, Object> map) {
    LabelsBuilder builder = new LabelsBuilder();
    map.forEach((name, value) -> builder.add(name, (String) value));
    return builder.build();
  }
}
