package io.narthex.model.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// What the fast scanner takes, it reads as the JDK does, to the bit.
final class DecimalScannerTest {

  private final DecimalScanner scanner = new DecimalScanner();

  private void check(String text, String message) {
    byte[] bytes = (text + "\n").getBytes(UTF_8);
    if (scanner.scan(bytes, 0, bytes.length) && scanner.end() == text.length()) {
      assertEquals(
          Double.doubleToRawLongBits(Double.parseDouble(text)),
          Double.doubleToRawLongBits(scanner.value()),
          message + " " + text);
    }
  }

  @Test
  void agreesWithTheJdkOnRandomNumbers() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      double d = Double.longBitsToDouble(random.nextLong());
      check(Double.toString(d), "seed=" + seed);
      check(Double.toString(random.nextGaussian() * 1000), "seed=" + seed);
      check(Long.toString(random.nextLong() >> random.nextInt(60)), "seed=" + seed);
      check(
          random.nextInt(1_000_000) + "." + random.nextInt(1_000_000) + "e" + random.nextInt(25),
          "seed=" + seed);
    }
  }

  @Test
  void takesPlainNumbersAndKeepsTheSignOfZero() {
    for (String text : new String[] {"0", "-0", "1.", ".5", "1e3", "1E-3", "12345678901234567"}) {
      check(text, "");
    }
    byte[] bytes = "-0\n".getBytes(UTF_8);
    assertEquals(true, scanner.scan(bytes, 0, 3));
    assertEquals("-0.0", Double.toString(scanner.value()));
  }

  @Test
  void leavesOtherThingsAlone() {
    for (String text : new String[] {"", "-", ".", "NaN", "+Inf", "e5", "x", "1e", "1e+"}) {
      byte[] bytes = (text + "\n").getBytes(UTF_8);
      assertFalse(scanner.scan(bytes, 0, bytes.length), text);
    }
  }
}
