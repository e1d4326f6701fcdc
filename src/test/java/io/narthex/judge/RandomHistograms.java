package io.narthex.judge;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import java.util.Arrays;
import java.util.Random;

/// One native histogram after another: counts that grow, and now and then a reset, another schema,
/// other bounds, a NaN sum.
final class RandomHistograms {

  private static final double[][] BOUNDS = {{0.5, 1, 2}, {0.5, 1, 2, 4}, {1, 2, 3, 5, 8}};

  private final Random random;
  private final boolean floats;
  private final ResetHint hint;
  private int schema = 1;
  private double zeroThreshold = 0.001;
  private double zeroCount;
  private double sum;
  private double[] positive = new double[6];
  private double[] negative = new double[2];
  private double[] bounds = BOUNDS[0];
  private double[] custom = new double[BOUNDS[0].length + 1];

  /// @param floats whether counts are no whole numbers
  RandomHistograms(Random random, boolean floats, ResetHint hint) {
    this.random = random;
    this.floats = floats;
    this.hint = hint;
  }

  private double more() {
    return floats ? random.nextInt(8) / 4.0 : random.nextInt(4);
  }

  private void grow(double[] counts) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = hint == ResetHint.GAUGE ? 1 + more() : counts[i] + more();
    }
  }

  FloatHistogram next() {
    switch (random.nextInt(60)) {
      case 0 -> {
        schema = random.nextInt(4) - 1;
        positive = new double[3 + random.nextInt(5)];
        zeroCount = 0;
      }
      case 1 -> {
        Arrays.fill(positive, 0);
        zeroCount = 0;
      }
      case 2 -> zeroThreshold = random.nextBoolean() ? 0.001 : 0.01;
      case 3 -> positive = Arrays.copyOf(positive, positive.length + 1);
      default -> {}
    }
    grow(positive);
    grow(negative);
    zeroCount += more();
    sum += more() * 3 - 1;
    double count = zeroCount + Arrays.stream(positive).sum() + Arrays.stream(negative).sum();
    return new FloatHistogram(
        hint,
        schema,
        zeroThreshold,
        zeroCount,
        count,
        random.nextInt(200) == 0 ? Double.NaN : sum,
        new int[] {-1, 2, 1, positive.length - 2},
        positive.clone(),
        new int[] {1, negative.length},
        negative.clone(),
        new double[0]);
  }

  FloatHistogram nextCustom() {
    if (random.nextInt(50) == 0) {
      bounds = BOUNDS[random.nextInt(BOUNDS.length)];
      custom = new double[bounds.length + 1];
    }
    grow(custom);
    sum += more();
    return new FloatHistogram(
        hint,
        FloatHistogram.CUSTOM_BUCKETS,
        0,
        0,
        Arrays.stream(custom).sum(),
        sum,
        new int[] {0, custom.length},
        custom.clone(),
        new int[0],
        new double[0],
        bounds);
  }
}
