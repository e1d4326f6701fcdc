package io.narthex.promql.exec.function;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Parts of dates, all in UTC, of seconds since the epoch.
public final class DateFunctions {

  private static final long SECONDS_A_DAY = 86_400;
  private static final long DAYS_A_CYCLE = 146_097;

  /// Seconds from the start of Go's calendar, the first of January of this year, to the epoch. The
  /// calendar repeats itself every 400 years, and this is the first of such a cycle.
  private static final long FIRST_YEAR = -292_277_022_399L;

  private static final long FIRST_TO_EPOCH_SECONDS = 9_223_371_966_579_724_800L + 62_135_596_800L;

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
      case "year" -> DateFunctions::year;
      default -> null;
    };
  }

  private static DoubleUnaryOperator part(ToIntFunction<LocalDateTime> part) {
    return seconds -> part.applyAsInt(inFirstCycle(goSeconds(seconds)));
  }

  private static double year(double seconds) {
    long second = goSeconds(seconds);
    long cycles = days(second) / DAYS_A_CYCLE;
    return FIRST_YEAR + 400 * cycles + inFirstCycle(second).getYear() - 1;
  }

  /// A float as whole seconds, as Go does it: what is out of range is the smallest number there is.
  private static long goSeconds(double seconds) {
    return seconds >= -0x1p63 && seconds < 0x1p63 ? (long) seconds : Long.MIN_VALUE;
  }

  /// Days since the start of the calendar; the sum wraps around, unsigned.
  private static long days(long second) {
    return Long.divideUnsigned(second + FIRST_TO_EPOCH_SECONDS, SECONDS_A_DAY);
  }

  /// The same date and time in the years 1 to 400.
  private static LocalDateTime inFirstCycle(long second) {
    long since = Long.remainderUnsigned(second + FIRST_TO_EPOCH_SECONDS, SECONDS_A_DAY);
    LocalDate day = LocalDate.of(1, 1, 1).plusDays(days(second) % DAYS_A_CYCLE);
    return day.atTime(LocalTime.ofSecondOfDay(since));
  }
}
