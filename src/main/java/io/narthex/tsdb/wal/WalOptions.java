package io.narthex.tsdb.wal;

/// How a log is written.
///
/// @param segmentBytes size at which a segment ends, a multiple of 32 KiB
/// @param compression of new records; readers take all
/// @param starts whether samples are logged with their start timestamps, in records that Prometheus
///   reads from 3.11 on. Storage keeps start timestamps only if its log has them.
public record WalOptions(int segmentBytes, Compression compression, boolean starts) {

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

  /// A log without start timestamps.
  public WalOptions(int segmentBytes, Compression compression) {
    this(segmentBytes, compression, false);
  }

  /// 128 MiB, snappy, no start timestamps.
  public static WalOptions defaults() {
    return new WalOptions(128 * 1024 * 1024, Compression.SNAPPY);
  }

  /// These with start timestamps.
  public WalOptions withStarts() {
    return new WalOptions(segmentBytes, compression, true);
  }
}
