package io.narthex.model.sample;

/// The two NaNs of the field, told apart by their bits only. Source: prometheus `model/value`.
public final class StaleMarker {

  /// Bits of the signalling NaN that ends a series.
  public static final long STALE_BITS = 0x7ff0000000000002L;

  /// Bits of the NaN that stands for "not a number" everywhere else.
  public static final long NORMAL_NAN_BITS = 0x7ff8000000000001L;

  /// The stale marker as a value. Move it as raw bits: arithmetic may quiet it.
  public static final double STALE = Double.longBitsToDouble(STALE_BITS);

  private StaleMarker() {}

  /// Whether `value` is the stale marker.
  public static boolean isStale(double value) {
    return Double.doubleToRawLongBits(value) == STALE_BITS;
  }
}
