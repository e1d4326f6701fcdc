package io.narthex.model.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Hashes of the xxHash specification, and one that Prometheus 3.5 shows in the times of a rule
/// group.
class LabelHashTest {

  @Test
  void hashesAreThoseOfTheSpecification() {
    assertEquals(0xEF46DB3751D8E999L, hash(""));
    assertEquals(0x44BC2CF5AD770999L, hash("abc"));
  }

  private static long hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return XxHash64.of(bytes, bytes.length);
  }

  @Test
  void groupsAreSpreadAsByPrometheus() {
    Labels group = Labels.of("file", "r.yml", "name", "g1");
    assertEquals(3_719_119_952L, Long.remainderUnsigned(LabelHash.of(group), 7_000_000_000L));
  }
}
