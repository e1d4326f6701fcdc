package io.narthex.promql.exec.histogram;

import io.narthex.model.sample.ExponentialBuckets;
import io.narthex.model.sample.FloatHistogram;
import java.util.Arrays;

/// Bounds of buckets by schema and index.
public final class Bounds {

  private Bounds() {}

  /// Upper bound of the positive bucket `index`; its lower bound is the upper one of `index - 1`.
  public static double upper(int index, int schema, double[] customValues) {
    if (schema != FloatHistogram.CUSTOM_BUCKETS) {
      return exponential(index, schema);
    }
    if (index < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return index >= customValues.length ? Double.POSITIVE_INFINITY : customValues[index];
  }

  /// `2^(index * 2^-schema)`; the last bucket ends at the greatest float.
  static double exponential(int index, int schema) {
    return ExponentialBuckets.upperBound(index, schema);
  }

  /// The index that a bucket has at a coarser schema.
  static int coarser(int index, int schema, int targetSchema) {
    return (index - 1 >> schema - targetSchema) + 1;
  }

  /// Whether both have the same custom bounds.
  static boolean same(double[] a, double[] b) {
    return a == b || Arrays.equals(a, b);
  }

  /// The bounds that both have, ascending.
  static double[] common(double[] a, double[] b) {
    double[] result = new double[Math.min(a.length, b.length)];
    int n = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      if (a[i] == b[j]) {
        result[n++] = a[i];
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    return Arrays.copyOf(result, n);
  }
}
