package io.narthex.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.io.disk.Disk;
import io.narthex.io.json.Json;
import io.narthex.testing.Conformance;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurationsTest {

  /// The reference's own table, but for negative durations, which no file may have.
  @Test
  void referenceTable() {
    byte[] file = Disk.system().read(Conformance.path("parse/duration.json"));
    List<String> failures = new ArrayList<>();
    for (Json item :
        Json.parse(new String(file, StandardCharsets.UTF_8)).asObject().get("cases").asArray()) {
      Json.Obj c = item.asObject();
      String text = c.get("text").asString();
      boolean error = c.find("error") != null || text.startsWith("-");
      try {
        long ms = Durations.parseMs(text);
        if (error || ms != c.get("ms").asLong()) {
          failures.add(text + " is " + ms);
        } else if (!Durations.format(ms).equals(c.get("string").asString())) {
          failures.add(text + " is printed " + Durations.format(ms));
        }
      } catch (IllegalArgumentException e) {
        if (!error) {
          failures.add(text + ": " + e.getMessage());
        }
      }
    }
    assertEquals(List.of(), failures);
  }
}
