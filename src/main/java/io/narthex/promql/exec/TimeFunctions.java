package io.narthex.promql.exec;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.ToIntFunction;

/// Parts of a date, from seconds since the epoch, in UTC.
final class TimeFunctions {

  static final Map<String, ToIntFunction<LocalDateTime>> ALL =
      Map.of(
          "minute", LocalDateTime::getMinute,
          "hour", LocalDateTime::getHour,
          "day_of_week", t -> t.getDayOfWeek().getValue() % 7,
          "day_of_month", LocalDateTime::getDayOfMonth,
          "day_of_year", LocalDateTime::getDayOfYear,
          "days_in_month", t -> t.toLocalDate().lengthOfMonth(),
          "month", LocalDateTime::getMonthValue,
          "year", LocalDateTime::getYear);

  private TimeFunctions() {}

  static double part(ToIntFunction<LocalDateTime> part, double seconds) {
    if (Double.isNaN(seconds) || Math.abs(seconds) > 31_556_889_864_403_199.0) {
      return Double.NaN;
    }
    return part.applyAsInt(
        LocalDateTime.ofInstant(Instant.ofEpochSecond((long) seconds), ZoneOffset.UTC));
  }
}
