package io.narthex.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.narthex.testing.Cases;
import org.junit.jupiter.api.Test;

/// The peers' cases of durations.
class DurationsConformanceTest {

  @Test
  void durations() {
    Cases.of("parse/duration.json")
        .run(c -> {
          String text = c.getString("text");
          if (c.getBoolean("error", false)) {
            assertThrows(IllegalArgumentException.class, () -> Durations.parseMs(text));
            assertThrows(IllegalArgumentException.class, () -> Durations.parseSignedMs(text));
            return;
          }
          assertEquals(c.getLong("ms"), Durations.parseSignedMs(text));
          assertEquals(c.getString("string"), Durations.format(c.getLong("ms")));
          if (c.getBoolean("allow_negative")) {
            assertThrows(IllegalArgumentException.class, () -> Durations.parseMs(text));
          }
        });
  }

  @Test
  void mistakesAreNamed() {
    assertEquals("empty duration string", mistake(""));
    assertEquals("not a valid duration string: \"5m1h\"", mistake("5m1h"));
    assertEquals("unknown unit \"hs\" in duration \"5y1hs\"", mistake("5y1hs"));
    assertEquals("duration out of range", mistake("294y"));
    assertEquals(
        "not a valid duration string: \"99999999999999999999d\"", mistake("99999999999999999999d"));
  }

  private static String mistake(String text) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> Durations.parseMs(text)).getMessage());
  }
}
