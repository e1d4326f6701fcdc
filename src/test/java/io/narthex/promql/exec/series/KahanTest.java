package io.narthex.promql.exec.series;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Sums and means that plain floating point gets wrong.
class KahanTest {

  private final Kahan kahan = new Kahan();

  @Test
  void smallTermsAreNotLostBesideLargeOnes() {
    double[] values = {1e100, 1, -1e100, 1};
    assertEquals(2, kahan.sum(values, 0, 4));
    assertEquals(0.5, kahan.mean(values, 0, 4));
  }

  @Test
  void aMeanIsFiniteEvenIfTheSumIsNot() {
    double[] values = {1.6e308, 1.6e308, 1.6e308};
    assertEquals(1.6e308, kahan.mean(values, 0, 3), 1e295);
    assertEquals(Double.POSITIVE_INFINITY, kahan.sum(values, 0, 3));
  }

  @Test
  void onlyTheWindowCounts() {
    double[] values = {5, 1, 2, 3, 7};
    assertEquals(6, kahan.sum(values, 1, 4));
    assertEquals(2, kahan.mean(values, 1, 4));
  }
}
