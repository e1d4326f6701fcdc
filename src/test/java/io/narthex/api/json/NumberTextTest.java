package io.narthex.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumberTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "1, 1",
    "-10, -10",
    "100, 100",
    "999999999999999, 999999999999999",
    "1e15, 1000000000000000",
    "1.5e20, 150000000000000000000",
    "1e21, 1e+21",
    "-1.25e22, -1.25e+22",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "5e-324, 5e-324",
    "1e-323, 1e-323",
    "1e-6, 0.000001",
    "9.99e-7, 9.99e-07",
    "0.001, 0.001",
    "-0.25, -0.25",
    "123.456, 123.456",
    "0.1234567, 0.1234567",
    "12345.678901234567, 12345.678901234567",
    "1234567.5, 1234567.5",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf"
  })
  void writesFloatsAsGoDoes(double value, String text) {
    assertEquals(text, NumberText.text(value));
  }

  @Test
  void agreesWithDecimalArithmetic() {
    Random random = new Random(3);
    for (int i = 0; i < 200_000; i++) {
      double value =
          switch (i % 5) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt() / 1000.0;
            case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(30) - 10);
            case 3 -> nearPowerOfTwo(random);
            default -> random.nextLong();
          };
      if (!Double.isNaN(value) && !Double.isInfinite(value)) {
        assertEquals(expected(value), NumberText.text(value));
      }
    }
  }

  /// Where the gaps between doubles change.
  private static double nearPowerOfTwo(Random random) {
    double power = Math.scalb(1.0, random.nextInt(130) - 60);
    return power + (random.nextInt(3) - 1) * Math.ulp(power) / (random.nextBoolean() ? 1 : 2);
  }

  private static String expected(double value) {
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    double abs = Math.abs(value);
    if (abs == 0 || abs >= 1e-6 && abs < 1e21) {
      return decimal.toPlainString();
    }
    String digits = decimal.unscaledValue().abs().toString();
    int power = digits.length() - 1 - decimal.scale();
    String rest = digits.length() > 1 ? "." + digits.substring(1) : "";
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + rest
        + String.format("e%s%02d", power < 0 ? "-" : "+", Math.abs(power));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1, 0.001, 0.001",
    "10000, 10, 10",
    "1500, 1.500, 1.5",
    "-1230, -1.230, -1.23",
    "1795586400000, 1795586400, 1795586400",
    "1795586400040, 1795586400.040, 1795586400.04",
    "-9223372036854775807, -9223372036854775.807, -9223372036854775.807"
  })
  void writesTimestampsAndSeconds(long tMs, String timestamp, String seconds) {
    byte[] bytes = new byte[NumberText.MAX_BYTES];
    assertEquals(timestamp, new String(bytes, 0, 0, NumberText.putTimestamp(tMs, bytes, 0)));
    assertEquals(seconds, new String(bytes, 0, 0, NumberText.putSeconds(tMs, bytes, 0)));
  }

  @Test
  void writesIntegersOfAllLengths() {
    Random random = new Random(4);
    byte[] bytes = new byte[NumberText.MAX_BYTES];
    for (int i = 0; i < 200_000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      assertInteger(value, bytes);
    }
    for (long ten = 1; ten < Long.MAX_VALUE / 10; ten *= 10) {
      assertInteger(ten - 1, bytes);
      assertInteger(ten, bytes);
      assertInteger(-ten, bytes);
    }
    assertInteger(Long.MAX_VALUE, bytes);
    assertInteger(Long.MIN_VALUE, bytes);
  }

  @Test
  void writesEachOfFourDigits() {
    byte[] bytes = new byte[NumberText.MAX_BYTES];
    for (int high = 0; high < 10_000; high++) {
      assertInteger(high * 10_000L + 9_999 - high, bytes);
    }
  }

  private static void assertInteger(long value, byte[] bytes) {
    assertEquals(
        Long.toString(value), new String(bytes, 0, 0, NumberText.putLong(value, bytes, 0)));
  }
}
