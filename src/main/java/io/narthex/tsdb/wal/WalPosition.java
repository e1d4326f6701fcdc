package io.narthex.tsdb.wal;

/// A place in a log, packed so that later places are greater numbers: `segment <31> | offset in
/// bytes <32>`.
public final class WalPosition {

  private static final long OFFSET_MASK = 0xffff_ffffL;

  private WalPosition() {}

  /// @param offsetBytes less than 4 GiB
  public static long of(int segment, long offsetBytes) {
    return (long) segment << 32 | offsetBytes;
  }

  public static int segment(long position) {
    return (int) (position >>> 32);
  }

  public static long offsetBytes(long position) {
    return position & OFFSET_MASK;
  }
}
