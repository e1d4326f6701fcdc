package io.narthex.model.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Bounds as the reference prints them, to the last digit.
class ExponentialBucketsTest {

  @Test
  void boundsHaveTheDigitsOfTheReference() {
    assertEquals(0.7071067811865475, ExponentialBuckets.upperBound(-1, 1));
    assertEquals(5.65685424949238, ExponentialBuckets.upperBound(5, 1));
    assertEquals(0.5946035575013605, ExponentialBuckets.upperBound(-3, 2));
    assertEquals(6.727171322029715, ExponentialBuckets.upperBound(11, 2));
    assertEquals(0.003284751622084822, ExponentialBuckets.upperBound(-33, 2));
    assertEquals(0.026278012976678575, ExponentialBuckets.upperBound(-21, 2));
    assertEquals(0.5452538663326288, ExponentialBuckets.upperBound(-7, 3));
    assertEquals(0.9170040432046711, ExponentialBuckets.upperBound(-1, 3));
  }

  @Test
  void coarseSchemasAndTheEndsOfTheRange() {
    assertEquals(1, ExponentialBuckets.upperBound(0, 0));
    assertEquals(0.25, ExponentialBuckets.upperBound(-2, 0));
    assertEquals(65536, ExponentialBuckets.upperBound(1, -4));
    assertEquals(Double.MAX_VALUE, ExponentialBuckets.upperBound(1024, 0));
    assertEquals(Double.MAX_VALUE, ExponentialBuckets.upperBound(1024 << 8, 8));
    assertEquals(Double.MAX_VALUE, ExponentialBuckets.upperBound(64, -4));
    assertEquals(Math.scalb(1.0, -1074), ExponentialBuckets.upperBound(-1074, 0));
  }
}
