package io.narthex.promql.exec.function;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.exec.histogram.NativeVariance;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.GoMath;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Functions of single values by name.
public final class ElementFunctions {

  private ElementFunctions() {}

  /// The function with that name, or null.
  ///
  /// @param params its scalar arguments, each with one value a step
  public static MappedSet.@Nullable Map map(String name, double[][] params) {
    DoubleUnaryOperator plain = MathFunctions.operator(name);
    if (plain == null) {
      plain = DateFunctions.operator(name);
    }
    if (plain != null) {
      DoubleUnaryOperator function = plain;
      return column -> floats(column, (step, v) -> function.applyAsDouble(v));
    }
    return switch (name) {
      case "round" -> round(params);
      case "clamp" -> clamp(params[0], params[1]);
      case "clamp_min" -> clamp(params[0], null);
      case "clamp_max" -> clamp(null, params[0]);
      case "histogram_count" -> histograms(h -> h.count);
      case "histogram_sum" -> histograms(h -> h.sum);
      case "histogram_avg" -> histograms(h -> h.sum / h.count);
      case "histogram_stddev" -> histograms(h -> Math.sqrt(NativeVariance.of(h)));
      case "histogram_stdvar" -> histograms(NativeVariance::of);
      default -> null;
    };
  }

  /// A function of a float and its step.
  private interface StepFunction {
    double apply(int step, double value);
  }

  /// Floats are mapped, histograms left out.
  private static void floats(Column column, StepFunction function) {
    for (int i = 0; i < column.size; i++) {
      if (column.histogram(i) != null) {
        column.clear(i);
      } else if (column.present(i)) {
        column.values[i] = function.apply(i, column.values[i]);
      }
    }
  }

  private static MappedSet.Map histograms(ToDoubleFunction<FloatHistogram> function) {
    return column -> {
      for (int i = 0; i < column.size; i++) {
        FloatHistogram histogram = column.histogram(i);
        if (histogram != null) {
          column.set(i, function.applyAsDouble(histogram));
        } else {
          column.clear(i);
        }
      }
    };
  }

  private static MappedSet.Map round(double[][] params) {
    return column ->
        floats(
            column,
            (step, v) -> {
              double inverse = 1 / (params.length == 0 ? 1 : params[0][step]);
              return Math.floor(v * inverse + 0.5) / inverse;
            });
  }

  private static MappedSet.Map clamp(double @Nullable [] min, double @Nullable [] max) {
    return column -> {
      for (int i = 0; i < column.size; i++) {
        double low = min == null ? Double.NEGATIVE_INFINITY : min[i];
        double high = max == null ? Double.POSITIVE_INFINITY : max[i];
        if (high < low || column.histogram(i) != null) {
          column.clear(i);
        } else if (column.present(i)) {
          column.values[i] = GoMath.max(low, GoMath.min(high, column.values[i]));
        }
      }
    };
  }
}
