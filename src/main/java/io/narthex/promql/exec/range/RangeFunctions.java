package io.narthex.promql.exec.range;

import io.narthex.promql.exec.series.EvalException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The range functions by name.
public final class RangeFunctions {

  private static final Set<String> ANCHORED =
      Set.of("changes", "delta", "increase", "rate", "resets");
  private static final Set<String> SMOOTHED = Set.of("delta", "increase", "rate");
  private static final Set<String> KEEP_NAME = Set.of("first_over_time", "last_over_time");
  private static final Set<String> WITH_STARTS = Set.of("increase", "irate", "rate", "resets");
  private static final Set<String> COUNTERS = Set.of("increase", "rate");

  private RangeFunctions() {}

  /// What makes the kernels of a function, one a lane; null if no range function has that name.
  ///
  /// @param params the function's scalar arguments, each with one value a step
  public static @Nullable Supplier<RangeKernel> kernel(
      String name, double[][] params, boolean edges) {
    return switch (name) {
      case "rate" -> edges ? () -> new EdgeRate(true, true) : () -> new Rate(true, true);
      case "increase" -> edges ? () -> new EdgeRate(true, false) : () -> new Rate(true, false);
      case "delta" -> edges ? () -> new EdgeRate(false, false) : () -> new Rate(false, false);
      case "irate" -> () -> new InstantRate(true);
      case "idelta" -> () -> new InstantRate(false);
      case "changes" -> () -> new Transitions(false);
      case "resets" -> () -> new Transitions(true);
      case "deriv" -> () -> new Regression(null);
      case "predict_linear" -> () -> new Regression(params[0]);
      case "double_exponential_smoothing" -> () -> new Smoothing(params[0], params[1]);
      default -> overTime(name, params);
    };
  }

  private static @Nullable Supplier<RangeKernel> overTime(String name, double[][] params) {
    return switch (name) {
      case "sum_over_time" -> () -> new SumsOverTime(false);
      case "avg_over_time" -> () -> new SumsOverTime(true);
      case "min_over_time" -> () -> new Extremes(false, false);
      case "max_over_time" -> () -> new Extremes(true, false);
      case "ts_of_min_over_time" -> () -> new Extremes(false, true);
      case "ts_of_max_over_time" -> () -> new Extremes(true, true);
      case "count_over_time" -> () -> Presence.COUNT;
      case "present_over_time", "absent_over_time" -> () -> Presence.PRESENT;
      case "first_over_time" -> () -> Presence.FIRST;
      case "last_over_time" -> () -> Presence.LAST;
      case "ts_of_first_over_time" -> () -> Presence.TIME_OF_FIRST;
      case "ts_of_last_over_time" -> () -> Presence.TIME_OF_LAST;
      case "stddev_over_time" -> () -> new Spread(true);
      case "stdvar_over_time" -> () -> new Spread(false);
      case "quantile_over_time" -> () -> new Quantiles(params[0], false);
      case "mad_over_time" -> () -> new Quantiles(new double[0], true);
      default -> null;
    };
  }

  /// Whether the metric name stays.
  public static boolean keepsName(String name) {
    return KEEP_NAME.contains(name);
  }

  /// Whether start timestamps matter to the function.
  public static boolean usesStarts(String name) {
    return WITH_STARTS.contains(name);
  }

  /// Whether the function is meant for counters, so that others are worth a note.
  public static boolean wantsCounter(String name) {
    return COUNTERS.contains(name);
  }

  /// Refuses functions that cannot work on an anchored or smoothed range.
  public static void checkModifier(String name, boolean anchored, boolean smoothed) {
    Set<String> allowed = anchored ? ANCHORED : SMOOTHED;
    if ((anchored || smoothed) && !allowed.contains(name)) {
      throw EvalException.failed(
          (anchored ? "anchored" : "smoothed")
              + " modifier can only be used with: "
              + String.join(", ", new TreeSet<>(allowed))
              + " - not with "
              + name);
    }
  }
}
