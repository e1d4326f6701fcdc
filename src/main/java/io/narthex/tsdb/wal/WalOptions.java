package io.narthex.tsdb.wal;

/// How a log is written.
///
/// @param segmentBytes size at which a segment ends, a multiple of 32 KiB
/// @param compression of new records; readers take all
public record WalOptions(int segmentBytes, Compression compression) {

  /// How records are compressed.
  public enum Compression {
    NONE,
    SNAPPY,
    ZSTD
  }

  public WalOptions {
    if (segmentBytes <= 0 || segmentBytes % WalFormat.PAGE_BYTES != 0) {
      throw new IllegalArgumentException(
          "size of a WAL segment must be a multiple of 32 KiB: segmentBytes=" + segmentBytes);
    }
  }

  /// 128 MiB, snappy.
  public static WalOptions defaults() {
    return new WalOptions(128 * 1024 * 1024, Compression.SNAPPY);
  }
}
