package io.narthex.promql.exec.histogram;

/// A zero bucket that took in the buckets around it.
///
/// @param threshold its width to either side; may have grown further, to the end of a bucket that
///   would have been cut
record ZeroBucket(Compensated count, double threshold) {

  /// The zero bucket of a histogram, widened to at least `target`.
  static ZeroBucket widen(
      Compensated zeroCount,
      double zeroThreshold,
      Buckets positive,
      Buckets negative,
      int schema,
      double target) {
    if (target == zeroThreshold) {
      return new ZeroBucket(zeroCount, target);
    }
    double threshold = target;
    while (true) {
      Compensated count = new Compensated(zeroCount.sum);
      count.compensation = zeroCount.compensation;
      threshold = swallow(count, positive, schema, threshold);
      double afterNegative = swallow(count, negative, schema, threshold);
      if (afterNegative == threshold) {
        return new ZeroBucket(count, threshold);
      }
      // The positive side must be looked at again with the wider threshold.
      threshold = afterNegative;
    }
  }

  private static double swallow(Compensated count, Buckets buckets, int schema, double threshold) {
    for (int i = 0; i < buckets.size; i++) {
      if (Bounds.exponential(buckets.index[i] - 1, schema) >= threshold) {
        break;
      }
      count.add(buckets.count[i]);
      count.add(buckets.compensation[i]);
      double upper = Bounds.exponential(buckets.index[i], schema);
      if (upper > threshold) {
        return buckets.count[i] == 0 ? threshold : upper;
      }
    }
    return threshold;
  }

  /// How many buckets lie at or below the threshold as a whole.
  static int inside(Buckets buckets, int schema, double threshold) {
    int n = 0;
    while (n < buckets.size && Bounds.exponential(buckets.index[n], schema) <= threshold) {
      n++;
    }
    return n;
  }

  /// How many buckets begin below the threshold.
  static int below(Buckets buckets, int schema, double threshold) {
    int n = 0;
    while (n < buckets.size && Bounds.exponential(buckets.index[n] - 1, schema) < threshold) {
      n++;
    }
    return n;
  }
}
