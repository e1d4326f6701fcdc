package io.narthex.promql.parse;

import static io.narthex.promql.ast.ValueType.MATRIX;
import static io.narthex.promql.ast.ValueType.SCALAR;
import static io.narthex.promql.ast.ValueType.STRING;
import static io.narthex.promql.ast.ValueType.VECTOR;

import io.narthex.promql.ast.Function;
import io.narthex.promql.ast.ValueType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The functions of PromQL and their signatures. Source: Prometheus 3.14.
public final class Functions {

  /// How many arguments at the end may be left out.
  private static final int NONE_OPTIONAL = 0;

  private static final int ANY_NUMBER = -1;

  private static final Map<String, Function> BY_NAME = table();

  private Functions() {}

  /// The function `name`, or null. Upper and lower case differ.
  public static @Nullable Function find(String name) {
    return BY_NAME.get(name);
  }

  /// The function `name`, which must exist.
  public static Function get(String name) {
    Function function = find(name);
    if (function == null) {
      throw new IllegalStateException("BUG: no function " + name);
    }
    return function;
  }

  /// All functions, by name.
  public static Collection<Function> all() {
    return BY_NAME.values();
  }

  private static Map<String, Function> table() {
    Table table = new Table();
    stable(table);
    experimental(table);
    return table.functions;
  }

  private static void stable(Table t) {
    t.add(
        "abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg"
            + " histogram_count histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad"
            + " sgn sin sinh sort sort_desc sqrt tan tanh timestamp",
        VECTOR,
        VECTOR);
    t.add(
        "absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta"
            + " increase irate last_over_time max_over_time min_over_time present_over_time rate"
            + " resets stddev_over_time stdvar_over_time sum_over_time",
        VECTOR,
        MATRIX);
    t.optional(
        "day_of_month day_of_week day_of_year days_in_month hour minute month year", 1, VECTOR);
    t.add("clamp", VECTOR, VECTOR, SCALAR, SCALAR);
    t.add("clamp_max clamp_min", VECTOR, VECTOR, SCALAR);
    t.add("histogram_fraction", VECTOR, SCALAR, SCALAR, VECTOR);
    t.add("histogram_quantile", VECTOR, SCALAR, VECTOR);
    t.add("label_replace", VECTOR, VECTOR, STRING, STRING, STRING, STRING);
    t.optional("label_join", ANY_NUMBER, VECTOR, STRING, STRING, STRING);
    t.add("pi time", SCALAR);
    t.add("predict_linear", VECTOR, MATRIX, SCALAR);
    t.add("quantile_over_time", VECTOR, SCALAR, MATRIX);
    t.optional("round", 1, VECTOR, SCALAR);
    t.add("scalar", SCALAR, VECTOR);
    t.add("vector", VECTOR, SCALAR);
  }

  private static void experimental(Table t) {
    t.experimental = true;
    t.add("end range start step", SCALAR);
    t.add("double_exponential_smoothing", VECTOR, MATRIX, SCALAR, SCALAR);
    t.optional("histogram_quantiles", 9, VECTOR, STRING, SCALAR, SCALAR);
    t.optional("info", 1, VECTOR, VECTOR);
    t.add(
        "mad_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time"
            + " ts_of_min_over_time",
        VECTOR,
        MATRIX);
    t.add("max_of min_of", SCALAR, SCALAR, SCALAR);
    t.optional("sort_by_label sort_by_label_desc", ANY_NUMBER, VECTOR, STRING);
    t.add("start_timestamp", VECTOR, VECTOR);
  }

  /// Collects functions that share a signature.
  private static final class Table {
    final Map<String, Function> functions = new TreeMap<>();
    boolean experimental;

    void add(String names, ValueType returns, ValueType... args) {
      put(names, List.of(args), NONE_OPTIONAL, returns);
    }

    void optional(String names, int variadic, ValueType... args) {
      put(names, List.of(args), variadic, VECTOR);
    }

    private void put(String names, List<ValueType> args, int variadic, ValueType returns) {
      for (String name : names.split(" ")) {
        functions.put(name, new Function(name, args, variadic, returns, experimental));
      }
    }
  }
}
