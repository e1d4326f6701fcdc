package io.narthex.role.config;

import io.narthex.config.Section;

/// What the `storage` section says.
///
/// @param outOfOrderWindowMs how far back samples may come late; 0 if never
/// @param staleSeriesThreshold share of stale series (0..1) that starts an early compaction; 0 if
///   none does
/// @param floatEncoding `xor`, `xor2`, or empty if the flags decide
/// @param retentionTimeMs 0 if time does not limit
/// @param retentionSizeBytes 0 if size does not limit
/// @param retentionPercentage of the disk; 0 if it does not limit; goes before the size
/// @param maxExemplars kept in memory
public record StorageConfig(
    long outOfOrderWindowMs,
    double staleSeriesThreshold,
    String floatEncoding,
    long retentionTimeMs,
    long retentionSizeBytes,
    double retentionPercentage,
    long maxExemplars) {

  private static final long MAX_EXEMPLARS = 100_000;

  static StorageConfig of(Section storage) {
    Section tsdb = storage.section("tsdb");
    Section exemplars = storage.section("exemplars");
    if (tsdb == null || tsdb.section("retention") == null) {
      throw new IllegalStateException("BUG: the storage section is not completed");
    }
    Section retention = tsdb.section("retention");
    Section encoding = tsdb.section("chunk_encoding");
    return new StorageConfig(
        tsdb.number("out_of_order_time_window"),
        tsdb.decimal("stale_series_compaction_threshold"),
        encoding == null ? "" : encoding.string("floats"),
        retention.number("time"),
        retention.number("size"),
        retention.decimal("percentage"),
        exemplars == null ? MAX_EXEMPLARS : exemplars.number("max_exemplars"));
  }
}
