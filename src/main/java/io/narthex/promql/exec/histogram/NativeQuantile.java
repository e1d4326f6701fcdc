package io.narthex.promql.exec.histogram;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.series.Annotations;
import io.narthex.promql.exec.series.Notes;

/// Quantiles of native histograms: exponential interpolation inside a bucket, linear in the zero
/// bucket and in custom buckets.
public final class NativeQuantile {

  private NativeQuantile() {}

  /// The value below which the share `q` of the observations lies.
  public static double of(double q, FloatHistogram h, String metric, Pos pos, Annotations notes) {
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (h.count == 0 || Double.isNaN(q)) {
      return Double.NaN;
    }
    BucketRow row = BucketRow.of(h);
    boolean upward = Double.isNaN(h.sum) || q < 0.5;
    double rank = (upward ? q : 1 - q) * h.count;
    double seen = 0;
    int i = upward ? 0 : row.size - 1;
    int at = -1;
    for (; i >= 0 && i < row.size; i += upward ? 1 : -1) {
      at = i;
      seen += row.count[i];
      if (seen >= rank) {
        break;
      }
    }
    if (at < 0) {
      return Double.isNaN(h.sum) ? nan(metric, pos, notes) : 0;
    }
    return inside(q, h, row, at, rank, seen, upward, metric, pos, notes);
  }

  private static double nan(String metric, Pos pos, Annotations notes) {
    notes.add(Notes.quantileNan(metric, pos));
    return Double.NaN;
  }

  private static double inside(
      double q,
      FloatHistogram h,
      BucketRow row,
      int at,
      double rank,
      double seen,
      boolean upward,
      String metric,
      Pos pos,
      Annotations notes) {
    double lower = row.lower[at];
    double upper = row.upper[at];
    boolean custom = h.usesCustomBuckets();
    if (!custom && lower < 0 && upper > 0) {
      if (h.negativeBuckets.length == 0 && h.positiveBuckets.length > 0) {
        lower = 0;
      } else if (h.positiveBuckets.length == 0 && h.negativeBuckets.length > 0) {
        upper = 0;
      }
    } else if (custom && lower == Double.NEGATIVE_INFINITY) {
      if (upper <= 0) {
        return upper;
      }
      lower = 0;
    } else if (custom && upper == Double.POSITIVE_INFINITY) {
      return lower;
    }
    double count = Math.min(seen, h.count);
    if (count < rank) {
      return Double.isNaN(h.sum) ? nan(metric, pos, notes) : upper;
    }
    double within = upward ? rank - (count - row.count[at]) : count - rank;
    if (Double.isNaN(h.sum)) {
      for (int i = at + 1; i < row.size; i++) {
        count += row.count[i];
      }
      if (count < h.count) {
        notes.add(Notes.quantileSkewed(metric, pos));
      }
    }
    double observations = row.count[at];
    if (Double.isNaN(h.sum) && !row.endsAt(at)) {
      // Looking for NaN observations, the reference goes on with the bounds of the last bucket.
      lower = row.lastLower;
      upper = row.lastUpper;
      observations = row.lastCount;
    }
    double fraction = within / observations;
    if (custom || lower <= 0 && upper >= 0) {
      return lower + (upper - lower) * fraction;
    }
    double logLower = BucketRow.log2(Math.abs(lower));
    double logUpper = BucketRow.log2(Math.abs(upper));
    return lower > 0
        ? Math.pow(2, logLower + (logUpper - logLower) * fraction)
        : -Math.pow(2, logUpper + (logLower - logUpper) * (1 - fraction));
  }
}
