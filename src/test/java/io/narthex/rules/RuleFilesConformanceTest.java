package io.narthex.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.promql.ast.Features;
import io.narthex.testing.Cases;
import io.narthex.testing.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The reference's own rule files, good and bad, and what its tool says of mistakes.
class RuleFilesConformanceTest {

  @Test
  void filesAreTakenAndRefusedAsByTheReference() {
    Cases.of("rules/rulefmt/manifest.json")
        .run(
            Map.of(),
            one -> {
              boolean legacy = "legacy".equals(one.getString("name_validation_scheme"));
              boolean bad = one.getInteger("promtool_3_5_3_exit") == 1;
              String name = one.getString("file");
              String text = Files.readString(Conformance.path("rules/rulefmt/" + name));
              if (bad) {
                String said = mistake(name, text);
                assertTrue(said.contains(one.getString("error_contains")), said);
              } else {
                assertTrue(!RuleFiles.read(name, text, Features.NONE).isEmpty() || legacy);
              }
            });
  }

  private static String mistake(String file, String text) {
    return String.valueOf(
        assertThrows(RuleFileException.class, () -> RuleFiles.read(file, text, Features.NONE))
            .getMessage());
  }

  /// Recorded from promtool 3.5.3.
  @Test
  void mistakesAreToldInTheSameWords() throws IOException {
    String rule = "groups:\n- name: a\n  rules:\n  - record: ab\n";
    Map.of(
            "groups:\n- interval: 1m\n  rules: []\n",
            "q.yml: 0:0: Groupname must not be empty",
            "groups:\n- name: a\n- name: a\n",
            "q.yml: 0:0: groupname: \"a\" is repeated in the same file",
            rule + "    for: 5m\n    expr: up\n",
            "q.yml: 4:13: group \"a\", rule 1, \"ab\": invalid field 'for' in recording rule",
            rule + "    labels: {__name__: b}\n    expr: up\n",
            "q.yml: group \"a\", rule 1, \"ab\": invalid label name: __name__",
            rule + "    nope: 1\n    expr: up\n",
            "q.yml: yaml: unmarshal errors:\n"
                + "  line 5: field nope not found in type rulefmt.Rule",
            rule + "    expr: 1 +\n      foo(\n",
            "q.yml: 5:11: group \"a\", rule 1, \"ab\": could not parse expression: 1:9: parse error:"
                + " unclosed left parenthesis",
            rule,
            "q.yml: 0:0: group \"a\", rule 1, \"ab\": field 'expr' must be set in rule")
        .forEach((text, said) -> assertEquals(said, mistake("q.yml", text)));
  }

  @Test
  void groupsAreEvaluatedWhenTheReferenceEvaluatesThem() {
    GroupTimes times = GroupTimes.of("r.yml", "g1", 7000);
    long startNanos = 1_795_829_450_000_000_000L;
    assertEquals(1_795_829_444_719_119_952L, times.atOrBefore(startNanos));
  }
}
