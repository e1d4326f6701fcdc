package io.narthex.judge;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Random expressions of PromQL over the metrics of {@link RandomSeries}: mostly ones that make
/// sense, now and then ones whose types do not fit.
final class RandomQueries {

  private static final List<String> SELECTORS =
      List.of(
          "requests_total",
          "requests_total{job=\"api\"}",
          "requests_total{job=~\"a.*\",instance!=\"1\"}",
          "requests_total{code=\"\"}",
          "requests_total{instance=\"0\"}",
          "temperature",
          "temperature{instance=~\"0|2\"}",
          "odd_values",
          "sparse",
          "late",
          "latency_seconds_bucket",
          "latency_seconds_bucket{job=\"api\"}",
          "latency_seconds_sum",
          "latency_seconds_count",
          "broken_bucket",
          "latency_native",
          "latency_native{instance=\"1\"}",
          "latency_native_gauge",
          "latency_nhcb",
          "mixed",
          "mixed{instance=\"0\"}",
          "both",
          "build_info",
          "target_info",
          "nothing_here",
          "{\"utf8.näme\"}",
          "{__name__=~\"late.*\"}",
          "{__name__=~\"latency_native.*|mixed\"}",
          "{job=\"api\",instance=\"0\",le=\"\"}",
          "{__name__=~\"requests_total|temperature\",job=\"db\"}");

  private static final List<String> COUNTERS =
      List.of(
          "requests_total",
          "requests_total{job=\"api\"}",
          "latency_seconds_bucket",
          "latency_seconds_count",
          "latency_native",
          "latency_nhcb",
          "late");

  private static final List<String> DURATIONS =
      List.of("15s", "30s", "1m", "1m30s", "2m", "5m", "7m13s", "10m", "20m", "59s999ms");

  private static final List<String> NUMBERS =
      List.of(
          "0", "1", "2", "-1", "0.5", "0.9", "1.5", "100", "NaN", "Inf", "-Inf", "1e3", "1_000",
          "0x1f", "5m", "3.7", "-2.5", "1e-9");

  private static final List<String> LABELS =
      List.of("job", "instance", "code", "le", "version", "absent_label", "__name__");

  private static final List<String> ARITHMETIC = List.of("+", "-", "*", "/", "%", "^", "atan2");
  private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");
  private static final List<String> SETS = List.of("and", "or", "unless");

  private static final List<String> ELEMENT_FUNCTIONS =
      List.of(
          "abs",
          "absent",
          "acos",
          "asinh",
          "atan",
          "ceil",
          "cos",
          "deg",
          "exp",
          "floor",
          "ln",
          "log10",
          "log2",
          "rad",
          "sgn",
          "sin",
          "sinh",
          "sort",
          "sort_desc",
          "sqrt",
          "tanh",
          "timestamp",
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "days_in_month",
          "hour",
          "minute",
          "month",
          "year",
          "round",
          "histogram_avg",
          "histogram_count",
          "histogram_sum",
          "histogram_stddev",
          "histogram_stdvar");

  private static final List<String> RANGE_FUNCTIONS =
      List.of(
          "absent_over_time",
          "avg_over_time",
          "changes",
          "count_over_time",
          "delta",
          "deriv",
          "idelta",
          "increase",
          "irate",
          "last_over_time",
          "max_over_time",
          "min_over_time",
          "present_over_time",
          "rate",
          "resets",
          "stddev_over_time",
          "stdvar_over_time",
          "sum_over_time",
          "mad_over_time",
          "ts_of_max_over_time",
          "ts_of_min_over_time",
          "ts_of_last_over_time",
          "rate",
          "increase",
          "rate");

  private static final List<String> AGGREGATIONS =
      List.of("sum", "avg", "min", "max", "count", "group", "stddev", "stdvar", "sum", "avg");

  private final Random random;
  private final long startMs;
  private final long endMs;

  /// @param startMs begin of the data
  RandomQueries(Random random, long startMs, long endMs) {
    this.random = random;
    this.startMs = startMs;
    this.endMs = endMs;
  }

  String next() {
    int kind = random.nextInt(40);
    return switch (kind) {
      case 0, 1 -> scalar(2);
      case 2 -> matrix(1);
      case 3 -> string();
      default -> vector(1 + random.nextInt(3));
    };
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private String string() {
    return pick(List.of("\"text\"", "'a\\tb'", "`raw`", "\"\""));
  }

  private String any(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> scalar(depth);
      case 1 -> string();
      case 2 -> matrix(depth);
      default -> vector(depth);
    };
  }

  private String vector(int depth) {
    if (oneIn(70)) {
      return any(Math.max(0, depth - 1));
    }
    if (depth <= 0) {
      return selector();
    }
    return switch (random.nextInt(24)) {
      case 0 -> selector();
      case 1, 2 -> pick(ELEMENT_FUNCTIONS) + "(" + vector(depth - 1) + ")";
      case 3, 4, 5, 6 -> rangeFunction(depth);
      case 7, 8, 9, 10 -> aggregation(depth);
      case 11, 12, 13, 14, 15 -> binary(depth);
      case 16 -> scalarFunction(depth);
      case 17, 18 -> bucketFunction(depth);
      case 19 -> labelFunction(depth);
      case 20 -> "(" + vector(depth - 1) + ")";
      case 21 -> (oneIn(3) ? "+" : "-") + vector(depth - 1);
      case 22 -> withScalar(depth);
      default -> "vector(" + scalar(depth - 1) + ")";
    };
  }

  private String selector() {
    return (oneIn(3) ? pick(COUNTERS) : pick(SELECTORS)) + modifiers();
  }

  private String modifiers() {
    String offset = oneIn(6) ? " offset " + (oneIn(3) ? "-" : "") + pick(DURATIONS) : "";
    String at = oneIn(10) ? " @ " + at() : "";
    return oneIn(2) ? offset + at : at + offset;
  }

  private String at() {
    return switch (random.nextInt(4)) {
      case 0 -> "start()";
      case 1 -> "end()";
      default ->
          String.format(Locale.ROOT, "%.3f", (startMs + random.nextLong(endMs - startMs)) / 1000.0);
    };
  }

  private String matrix(int depth) {
    if (oneIn(60)) {
      return any(Math.max(0, depth - 1));
    }
    if (depth > 0 && oneIn(4)) {
      String step = oneIn(2) ? "" : pick(DURATIONS);
      String inner = oneIn(8) ? scalar(depth - 1) : vector(depth - 1);
      String braced = "(" + inner + ")";
      return braced + "[" + pick(DURATIONS) + ":" + step + "]" + modifiers();
    }
    String base = oneIn(3) ? pick(SELECTORS) : pick(COUNTERS);
    return base + "[" + pick(DURATIONS) + "]" + modifiers();
  }

  private String rangeFunction(int depth) {
    String range = matrix(depth - 1);
    return switch (random.nextInt(14)) {
      case 0 -> "quantile_over_time(" + scalar(0) + ", " + range + ")";
      case 1 -> "predict_linear(" + range + ", " + scalar(0) + ")";
      case 2 ->
          "double_exponential_smoothing("
              + range
              + ", "
              + pick(List.of("0.5", "0.1", "1", "0", "0.99"))
              + ", "
              + pick(List.of("0.5", "0.1", "2"))
              + ")";
      default -> pick(RANGE_FUNCTIONS) + "(" + range + ")";
    };
  }

  private String aggregation(int depth) {
    String inner = vector(depth - 1);
    String grouping =
        switch (random.nextInt(4)) {
          case 0 -> "";
          case 1 -> " without (" + labels() + ")";
          default -> " by (" + labels() + ")";
        };
    String open =
        switch (random.nextInt(9)) {
          case 0 -> "topk" + grouping + " (" + count() + ", ";
          case 1 -> "bottomk" + grouping + " (" + count() + ", ";
          case 2 -> "quantile" + grouping + " (" + scalar(0) + ", ";
          case 3 -> "count_values" + grouping + " (\"" + pick(List.of("v", "job", "le")) + "\", ";
          case 4 ->
              oneIn(2)
                  ? "limitk" + grouping + " (" + count() + ", "
                  : "limit_ratio"
                      + grouping
                      + " ("
                      + pick(List.of("0.5", "-0.3", "1", "0", "2", "0.1"))
                      + ", ";
          default -> pick(AGGREGATIONS) + grouping + " (";
        };
    return open + inner + ")";
  }

  private String count() {
    return oneIn(6) ? scalar(1) : pick(List.of("1", "2", "3", "0", "-1", "1.7", "100"));
  }

  private String labels() {
    int n = random.nextInt(3);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < n; i++) {
      all.append(i == 0 ? "" : ", ").append(pick(LABELS));
    }
    return all.toString();
  }

  private String binary(int depth) {
    String left = vector(depth - 1);
    String right = oneIn(4) ? left : vector(depth - 1);
    String matching = "";
    if (!oneIn(3)) {
      String labels = oneIn(2) ? "job, instance" : labels();
      matching = oneIn(2) ? " on (" + labels + ")" : " ignoring (" + labels + ")";
    }
    if (oneIn(4)) {
      return "(" + left + ") " + pick(SETS) + matching + " (" + right + ")";
    }
    boolean compares = oneIn(3);
    String op = compares ? pick(COMPARISONS) + (oneIn(3) ? " bool" : "") : pick(ARITHMETIC);
    if (!matching.isEmpty() && oneIn(3)) {
      matching += oneIn(2) ? " group_left" : " group_right";
      matching += oneIn(2) ? " (" + labels() + ")" : "";
    }
    return "(" + left + ") " + op + matching + " (" + right + ")";
  }

  private String withScalar(int depth) {
    boolean compares = oneIn(2);
    String op = compares ? pick(COMPARISONS) + (oneIn(3) ? " bool" : "") : pick(ARITHMETIC);
    String vector = vector(depth - 1);
    String scalar = scalar(depth - 1);
    return oneIn(2)
        ? "(" + vector + ") " + op + " " + scalar
        : scalar + " " + op + " (" + vector + ")";
  }

  private String scalarFunction(int depth) {
    String inner = vector(depth - 1);
    return switch (random.nextInt(5)) {
      case 0 -> "clamp(" + inner + ", " + scalar(0) + ", " + scalar(0) + ")";
      case 1 -> "clamp_min(" + inner + ", " + scalar(0) + ")";
      case 2 -> "clamp_max(" + inner + ", " + scalar(0) + ")";
      case 3 -> "round(" + inner + ", " + scalar(0) + ")";
      default -> pick(List.of("hour", "minute", "month", "year", "day_of_week")) + "()";
    };
  }

  private String bucketFunction(int depth) {
    String inner =
        switch (random.nextInt(5)) {
          case 0 -> vector(depth - 1);
          case 1 -> "rate(" + pick(COUNTERS) + "[" + pick(DURATIONS) + "])";
          case 2 -> "sum by (le, job) (rate(latency_seconds_bucket[" + pick(DURATIONS) + "]))";
          case 3 -> pick(List.of("broken_bucket", "latency_seconds_bucket", "both"));
          default -> pick(List.of("latency_native", "latency_nhcb", "mixed", "{job=\"api\"}"));
        };
    return oneIn(3)
        ? "histogram_fraction(" + scalar(0) + ", " + scalar(0) + ", " + inner + ")"
        : "histogram_quantile(" + scalar(0) + ", " + inner + ")";
  }

  private String labelFunction(int depth) {
    String inner = vector(depth - 1);
    return switch (random.nextInt(4)) {
      case 0 ->
          "label_replace("
              + inner
              + ", \""
              + pick(LABELS)
              + "\", \""
              + pick(List.of("$1", "x", "", "$1-${2}", "$0"))
              + "\", \""
              + pick(LABELS)
              + "\", \""
              + pick(List.of("(.*)", "a(.)(.*)", "", "[0-9]", "(", "(?i)API"))
              + "\")";
      case 1 ->
          "label_join("
              + inner
              + ", \""
              + pick(List.of("new", "job", "__name__", "bad-name"))
              + "\", \"-\", \""
              + pick(LABELS)
              + "\", \""
              + pick(LABELS)
              + "\")";
      case 2 -> "sort_by_label(" + inner + ", \"" + pick(LABELS) + "\")";
      default -> "info(" + inner + (oneIn(2) ? ", {version=~\".+\"}" : "") + ")";
    };
  }

  private String scalar(int depth) {
    if (oneIn(90)) {
      return any(0);
    }
    if (depth <= 0) {
      return pick(NUMBERS);
    }
    return switch (random.nextInt(7)) {
      case 0 -> "scalar(" + vector(depth - 1) + ")";
      case 1 -> "time()";
      case 2 -> "(" + scalar(depth - 1) + " " + pick(ARITHMETIC) + " " + scalar(depth - 1) + ")";
      case 3 ->
          "("
              + scalar(depth - 1)
              + " "
              + pick(COMPARISONS)
              + (oneIn(12) ? " " : " bool ")
              + scalar(depth - 1)
              + ")";
      case 4 -> "-" + scalar(depth - 1);
      case 5 -> "pi()";
      default -> pick(NUMBERS);
    };
  }
}
