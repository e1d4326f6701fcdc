package io.narthex.model.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.metrics.MetricText;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FloatTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "1, 1",
    "-1, -1",
    "100000, 100000",
    "999999, 999999",
    "1000000, 1e+06",
    "1234567, 1.234567e+06",
    "-2466186, -2.466186e+06",
    "9007199254740993, 9.007199254740992e+15",
    "9223372036854775807, 9.223372036854776e+18",
    "0.1, 0.1",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "1.9867E-5, 1.9867e-05",
    "60.434000000000005, 60.434000000000005",
    "123456.5, 123456.5",
    "1234567.5, 1.2345675e+06",
    "3.14e42, 3.14e+42",
    "-1.23e-45, -1.23e-45",
    "4.9E-324, 5e-324",
    "1.7976931348623157E308, 1.7976931348623157e+308",
    "1e23, 1e+23",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf"
  })
  void goesAsGoWritesIt(double value, String text) {
    assertEquals(text, written(value));
    assertEquals(text, FloatText.general(value));
    assertEquals(text, MetricText.number(value));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "-17, -17",
    "1e6, 1000000",
    "1.5e-5, 0.000015",
    "1e23, 100000000000000000000000",
    "-2.5e15, -2500000000000000",
    "NaN, NaN",
    "Infinity, +Inf"
  })
  void plainTextHasNoExponent(double value, String text) {
    assertEquals(text, FloatText.plain(value));
  }

  @Test
  void theSmallestFloatHasOneDigit() {
    assertEquals("0." + "0".repeat(323) + "5", FloatText.plain(Double.MIN_VALUE));
  }

  @Test
  void bothWritersAgreeAndReadBack() {
    long seed = System.identityHashCode(new Object());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      double value =
          switch (i % 3) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextLong(1L << 50);
            default -> random.nextInt(2_000_000) / 1000.0;
          };
      String text = written(value);
      assertEquals(text, MetricText.number(value), "seed " + seed);
      assertEquals(value, Double.parseDouble(text.replace("Inf", "Infinity")), "seed " + seed);
    }
  }

  private static String written(double value) {
    byte[] out = new byte[40];
    int end = FloatBytes.write(value, out, 3);
    return new String(out, 3, end - 3, StandardCharsets.US_ASCII);
  }
}
