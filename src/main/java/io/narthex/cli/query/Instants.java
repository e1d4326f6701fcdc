package io.narthex.cli.query;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/// Times as users write them: seconds since the epoch, or RFC 3339.
public final class Instants {

  private Instants() {}

  /// Reads a time.
  ///
  /// @throws IllegalArgumentException if `text` is none
  public static Instant parse(String text) {
    try {
      BigDecimal seconds = new BigDecimal(text.strip());
      BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
      long nanos = seconds.subtract(whole).movePointRight(9).longValue();
      return Instant.ofEpochSecond(whole.longValueExact(), nanos);
    } catch (NumberFormatException _) {
      return parseDate(text);
    } catch (ArithmeticException | DateTimeException e) {
      throw wrong(text);
    }
  }

  private static Instant parseDate(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw wrong(text);
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException("cannot parse \"" + text + "\" to a valid timestamp");
  }

  /// Seconds since the epoch, as the API takes them.
  public static String seconds(Instant instant) {
    return BigDecimal.valueOf(instant.getEpochSecond())
        .add(BigDecimal.valueOf(instant.getNano(), 9))
        .stripTrailingZeros()
        .toPlainString();
  }
}
