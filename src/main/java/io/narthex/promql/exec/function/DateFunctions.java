package io.narthex.promql.exec.function;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Parts of dates, all in UTC, of seconds since the epoch.
public final class DateFunctions {

  /// Seconds that `java.time` can still place in a year.
  private static final long MAX_SECONDS = 31_556_889_864_403_199L;

  private DateFunctions() {}

  /// The function with that name, or null.
  public static @Nullable DoubleUnaryOperator operator(String name) {
    return switch (name) {
      case "minute" -> part(LocalDateTime::getMinute);
      case "hour" -> part(LocalDateTime::getHour);
      case "day_of_week" -> part(t -> t.getDayOfWeek().getValue() % 7);
      case "day_of_month" -> part(LocalDateTime::getDayOfMonth);
      case "day_of_year" -> part(LocalDateTime::getDayOfYear);
      case "days_in_month" -> part(t -> t.toLocalDate().lengthOfMonth());
      case "month" -> part(LocalDateTime::getMonthValue);
      case "year" -> part(LocalDateTime::getYear);
      default -> null;
    };
  }

  private static DoubleUnaryOperator part(ToIntFunction<LocalDateTime> part) {
    return seconds -> {
      long whole = Math.clamp((long) seconds, -MAX_SECONDS, MAX_SECONDS);
      Instant instant = Instant.ofEpochSecond(whole);
      return part.applyAsInt(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    };
  }
}
