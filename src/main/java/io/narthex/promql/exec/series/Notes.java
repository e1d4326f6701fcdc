package io.narthex.promql.exec.series;

import io.narthex.model.labels.GoQuote;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.series.Annotations.Note;

/// The notes that queries give, in Prometheus' words. Source: prometheus `util/annotations`.
public final class Notes {

  private static final String WARNING = "PromQL warning: ";
  private static final String INFO = "PromQL info: ";

  private Notes() {}

  /// A note with nothing but its text.
  record Plain(boolean info, String key, Pos pos) implements Note {
    @Override
    public String text(String place) {
      return key + " (" + place + ")";
    }
  }

  /// A note that points at an argument of what gives it.
  record OfArgument(String key, Pos pos, Pos giver) implements Note {
    @Override
    public boolean info() {
      return false;
    }

    @Override
    public String text(String place) {
      return key + " (" + place + ")";
    }
  }

  private static Note warning(String text, Pos pos) {
    return new Plain(false, WARNING + text, pos);
  }

  private static Note info(String text, Pos pos) {
    return new Plain(true, INFO + text, pos);
  }

  private static String named(String metric) {
    return metric.isEmpty() ? "" : " for metric name " + GoQuote.quote(metric);
  }

  /// @param pos of the quantile
  /// @param giver of the function that takes it
  public static Note invalidQuantile(double q, Pos pos, Pos giver) {
    return new OfArgument(
        WARNING + "quantile value should be between 0 and 1, got " + GoFloat.general(q),
        pos,
        giver);
  }

  public static Note invalidRatio(double ratio, double capped, Pos pos, Pos giver) {
    return new OfArgument(
        WARNING
            + "ratio value should be between -1 and 1, got "
            + GoFloat.general(ratio)
            + ", capping to "
            + GoFloat.general(capped),
        pos,
        giver);
  }

  public static Note badBucket(String metric, String le, Pos pos) {
    return warning(
        "bucket label \"le\" is missing or has a malformed value of "
            + GoQuote.quote(le)
            + named(metric),
        pos);
  }

  public static Note mixedFloatsHistograms(String metric, Pos pos) {
    return warning(
        "encountered a mix of histograms and floats for metric name " + GoQuote.quote(metric), pos);
  }

  public static Note mixedInAggregation(Pos pos) {
    return warning("encountered a mix of histograms and floats for aggregation", pos);
  }

  public static Note mixedClassicNative(String metric, Pos pos) {
    return warning("vector contains a mix of classic and native histograms" + named(metric), pos);
  }

  public static Note notCounter(String metric, Pos pos) {
    return warning("this native histogram metric is not a counter: " + GoQuote.quote(metric), pos);
  }

  public static Note notGauge(String metric, Pos pos) {
    return warning("this native histogram metric is not a gauge: " + GoQuote.quote(metric), pos);
  }

  public static Note mixedExponentialCustom(String metric, Pos pos) {
    return warning(
        "vector contains a mix of histograms with exponential and custom buckets schemas for"
            + " metric name "
            + GoQuote.quote(metric),
        pos);
  }

  public static Note incompatibleLayout(String operator, Pos pos) {
    return warning("incompatible bucket layout encountered for binary operator " + operator, pos);
  }

  public static Note sortInRange(Pos pos) {
    return warning(
        "sort is ineffective for range queries since results are always ordered by labels", pos);
  }

  public static Note resetCollision(String operation, Pos pos) {
    return warning("conflicting counter resets during histogram " + operation, pos);
  }

  public static Note possibleNonCounter(String metric, Pos pos) {
    return info(
        "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
            + GoQuote.quote(metric),
        pos);
  }

  public static Note possibleNonCounterType(String metric, String type, Pos pos) {
    return info(
        "metric might not be a counter, __type__ label is not set to \"counter\" or"
            + " \"histogram\", got "
            + GoQuote.quote(type)
            + ": "
            + GoQuote.quote(metric),
        pos);
  }

  public static Note incompatibleTypes(String left, String operator, String right, Pos pos) {
    return info(
        "incompatible sample types encountered for binary operator "
            + GoQuote.quote(operator)
            + ": "
            + left
            + " "
            + operator
            + " "
            + right,
        pos);
  }

  public static Note histogramIgnored(String aggregation, Pos pos) {
    return info("ignored histogram in " + aggregation + " aggregation", pos);
  }

  public static Note histogramsIgnoredInRange(String metric, Pos pos) {
    return info(
        "ignored histograms in a range containing both floats and histograms for metric name "
            + GoQuote.quote(metric),
        pos);
  }

  public static Note quantileNan(String metric, Pos pos) {
    return info(
        "input to histogram_quantile has NaN observations, result is NaN" + named(metric), pos);
  }

  public static Note quantileSkewed(String metric, Pos pos) {
    return info(
        "input to histogram_quantile has NaN observations, result is skewed higher" + named(metric),
        pos);
  }

  public static Note fractionNan(String metric, Pos pos) {
    return info(
        "input to histogram_fraction has NaN observations, which are excluded from all fractions"
            + named(metric),
        pos);
  }

  public static Note reconciledBounds(String operation, Pos pos) {
    return info("mismatched custom buckets were reconciled during " + operation, pos);
  }

  public static Note forcedMonotonicity(
      String metric, Pos pos, long tMs, double minBucket, double maxBucket, double maxDiff) {
    return new ForcedMonotonicity(
        INFO
            + "input to histogram_quantile needed to be fixed for monotonicity (see"
            + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)"
            + named(metric),
        pos,
        tMs,
        tMs,
        minBucket,
        maxBucket,
        maxDiff,
        1);
  }

  public static Note startTimeOverlap(String metric, Pos pos) {
    return new StartTimeOverlap(
        WARNING
            + "sample has start time that overlaps with previous sample timestamp for metric "
            + GoQuote.quote(metric),
        pos,
        1);
  }
}
