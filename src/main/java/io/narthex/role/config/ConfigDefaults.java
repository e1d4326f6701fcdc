package io.narthex.role.config;

/// Defaults of the file that flags decide.
///
/// @param extraScrapeMetrics `--enable-feature=extra-scrape-metrics`
/// @param protoFirst whether jobs ask for protobuf first: features that need start timestamps
/// @param retentionTimeMs 0 if time does not limit
/// @param retentionSizeBytes 0 if size does not limit
public record ConfigDefaults(
    boolean extraScrapeMetrics, boolean protoFirst, long retentionTimeMs, long retentionSizeBytes) {

  /// 15 days.
  public static final long RETENTION_TIME_MS = 15L * 24 * 3600 * 1000;

  /// Without any flag.
  public static final ConfigDefaults NONE = new ConfigDefaults(false, false, RETENTION_TIME_MS, 0);
}
