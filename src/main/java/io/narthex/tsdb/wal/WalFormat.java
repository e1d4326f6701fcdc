package io.narthex.tsdb.wal;

/// All numbers of the log's layout.
final class WalFormat {

  static final int PAGE_BYTES = 32 * 1024;

  /// type 1, length 2, checksum 4.
  static final int HEADER_BYTES = 7;

  static final int PAGE_END = 0;
  static final int FULL = 1;
  static final int FIRST = 2;
  static final int MIDDLE = 3;
  static final int LAST = 4;

  static final int TYPE_MASK = 7;
  static final int SNAPPY = 1 << 3;
  static final int ZSTD = 1 << 4;

  static final int SERIES = 1;
  static final int SAMPLES = 2;
  static final int TOMBSTONES = 3;
  static final int EXEMPLARS = 4;
  static final int MMAP_MARKERS = 5;
  static final int METADATA = 6;
  static final int HISTOGRAMS = 7;
  static final int FLOAT_HISTOGRAMS = 8;
  static final int CUSTOM_HISTOGRAMS = 9;
  static final int CUSTOM_FLOAT_HISTOGRAMS = 10;
  static final int SAMPLES_WITH_START = 11;
  static final int HISTOGRAMS_WITH_START = 12;
  static final int FLOAT_HISTOGRAMS_WITH_START = 13;
  static final int MIN_VALID_TIME = 14;

  private WalFormat() {}

  /// Bytes that a record of `lengthBytes` takes at most when it begins anywhere in a page.
  static long framedBytes(long lengthBytes) {
    long fragments = 2 + lengthBytes / (PAGE_BYTES - HEADER_BYTES);
    return lengthBytes + fragments * HEADER_BYTES + HEADER_BYTES;
  }
}
