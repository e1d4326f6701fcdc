package io.narthex.promql.exec.histogram;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.series.Annotations;
import io.narthex.promql.exec.series.Notes;

/// Which share of the observations of a native histogram lies between two values.
public final class NativeFraction {

  private NativeFraction() {}

  public static double of(
      double from, double to, FloatHistogram h, String metric, Pos pos, Annotations notes) {
    if (h.count == 0 || Double.isNaN(from) || Double.isNaN(to)) {
      return Double.NaN;
    }
    if (from >= to) {
      return 0;
    }
    BucketRow row = BucketRow.of(h);
    double total = h.count;
    if (Double.isNaN(h.sum)) {
      total = 0;
      for (int i = 0; i < row.size; i++) {
        total += row.count[i];
      }
      if (total < h.count) {
        notes.add(Notes.fractionNan(metric, pos));
      }
    }
    double low = Math.min(rank(from, h, row, total), total);
    double high = Math.min(rank(to, h, row, total), total);
    return (high - low) / h.count;
  }

  /// How many observations lie below `v`.
  private static double rank(double v, FloatHistogram h, BucketRow row, double total) {
    double rank = 0;
    for (int i = 0; i < row.size; i++) {
      double lower = row.lower[i];
      double upper = row.upper[i];
      boolean zero = lower <= 0 && upper >= 0;
      if (zero && h.negativeBuckets.length == 0 && h.positiveBuckets.length > 0) {
        lower = 0;
      } else if (zero && h.positiveBuckets.length == 0 && h.negativeBuckets.length > 0) {
        upper = 0;
      }
      if (lower >= v) {
        return rank;
      }
      if (upper > v) {
        boolean linear = h.usesCustomBuckets() || zero;
        return linear && lower == Double.NEGATIVE_INFINITY
            ? row.count[i]
            : rank + row.count[i] * BucketRow.below(lower, upper, v, linear);
      }
      rank += row.count[i];
    }
    return total;
  }
}
