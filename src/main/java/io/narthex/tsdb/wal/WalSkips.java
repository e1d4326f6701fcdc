package io.narthex.tsdb.wal;

/// What a reader of a log need not look at, because what it says is known. Places are {@link
/// WalPosition}s.
///
/// @param samplesFrom records of float samples that begin before this are left out
/// @param spans begin and end of spans that have nothing but such records, ascending, one behind
///   the other: they are not even read
public record WalSkips(long samplesFrom, long[] spans) {

  /// Everything is read.
  public static final WalSkips NONE = new WalSkips(Long.MIN_VALUE, new long[0]);

  /// No float samples are read, wherever they are.
  public static final WalSkips SAMPLES = new WalSkips(Long.MAX_VALUE, new long[0]);
}
