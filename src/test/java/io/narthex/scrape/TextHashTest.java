package io.narthex.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextHashTest {

  @Test
  void dependsOnEveryByteAndOnNothingElse() {
    Random random = new Random(7);
    for (int length = 0; length < 70; length++) {
      byte[] bytes = new byte[length + 20];
      random.nextBytes(bytes);
      long hash = TextHash.of(bytes, 10, length);
      byte[] moved = new byte[length + 33];
      System.arraycopy(bytes, 10, moved, 13, length);
      assertEquals(hash, TextHash.of(moved, 13, length));
      for (int i = 0; i < length * 8; i++) {
        moved[13 + i / 8] ^= (byte) (1 << i % 8);
        assertTrue(hash != TextHash.of(moved, 13, length), "bit " + i + " of " + length);
        moved[13 + i / 8] ^= (byte) (1 << i % 8);
      }
    }
  }

  @Test
  void keepsAMillionSeriesApart() {
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 1_000_000; i++) {
      byte[] text =
          ("requests_total{a=\"" + i / 1000 + "\",b=\"" + i % 1000 + "\"}")
              .getBytes(StandardCharsets.UTF_8);
      assertTrue(seen.add(TextHash.of(text, 0, text.length)));
    }
  }
}
