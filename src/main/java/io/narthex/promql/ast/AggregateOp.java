package io.narthex.promql.ast;

import java.util.Locale;

/// The aggregation operators.
public enum AggregateOp {
  AVG,
  BOTTOMK,
  COUNT,
  COUNT_VALUES,
  GROUP,
  LIMITK,
  LIMIT_RATIO,
  MAX,
  MIN,
  QUANTILE,
  STDDEV,
  STDVAR,
  SUM,
  TOPK;

  private final String text = name().toLowerCase(Locale.ROOT);

  /// The name in PromQL.
  public String text() {
    return text;
  }

  /// Whether it takes a parameter before the vector.
  public boolean takesParam() {
    return switch (this) {
      case BOTTOMK, COUNT_VALUES, LIMITK, LIMIT_RATIO, QUANTILE, TOPK -> true;
      case AVG, COUNT, GROUP, MAX, MIN, STDDEV, STDVAR, SUM -> false;
    };
  }

  /// Whether it is behind `promql-experimental-functions`.
  public boolean experimental() {
    return this == LIMITK || this == LIMIT_RATIO;
  }
}
