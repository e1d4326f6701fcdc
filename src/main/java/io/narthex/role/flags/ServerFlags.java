package io.narthex.role.flags;

import io.narthex.clock.Durations;
import io.narthex.config.Sizes;
import io.narthex.role.config.ConfigDefaults;
import io.narthex.role.config.StorageConfig;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The command line of a server.
///
/// @param notices what is accepted to no effect, for the log
/// @param warnings what is probably not meant, for the log
/// @param shown all flags as `/api/v1/status/flags` shows them, see {@link #shown(StorageConfig)}
public record ServerFlags(
    Config config,
    Web web,
    Storage storage,
    Query query,
    Scrape scrape,
    Log log,
    Set<Feature> features,
    List<String> notices,
    List<String> warnings,
    SortedMap<String, String> shown) {

  private static final long MAX_BLOCK_MS = 31L * 24 * 3600 * 1000;

  public ServerFlags {
    features = Set.copyOf(features);
    notices = List.copyOf(notices);
    warnings = List.copyOf(warnings);
    shown = Collections.unmodifiableSortedMap(new TreeMap<>(shown));
  }

  /// @param fileGiven whether the command line named the file
  public record Config(
      String file, boolean fileGiven, boolean autoReload, long autoReloadIntervalMs) {}

  /// @param listenAddresses `host:port` or `:port`, at least one
  /// @param externalUrl without a slash at its end
  /// @param routePrefix begins with a slash and has none at its end, unless it is only that
  /// @param corsOrigin RE2, to be anchored at both ends
  public record Web(
      List<String> listenAddresses,
      long readTimeoutMs,
      int maxConnections,
      int maxNotificationsSubscribers,
      URI externalUrl,
      String routePrefix,
      String consoleTemplates,
      String consoleLibraries,
      String pageTitle,
      String corsOrigin,
      boolean enableLifecycle,
      boolean enableAdminApi,
      int searchMaxLimit) {}

  /// @param maxBlockMs 0 if the retention decides, see {@link ServerFlags#maxBlockMs}
  /// @param maxChunkSegmentBytes 0 for the default
  /// @param retentionTimeMs 0 if not given
  /// @param retentionSizeBytes 0 if not given
  /// @param walSegmentBytes 0 for the default
  /// @param walCompression `snappy`, `zstd`, or empty for none
  /// @param maxSeries series that the head takes at most, 0 for any number
  /// @param maxSeriesPerJob series with the same `job` that the head takes at most, 0 for any
  ///   number
  /// @param delayCompactFile where Thanos' shipper lists what it has uploaded; empty for nowhere
  public record Storage(
      String path,
      long minBlockMs,
      long maxBlockMs,
      long maxChunkSegmentBytes,
      long retentionTimeMs,
      long retentionSizeBytes,
      boolean lockfile,
      boolean overlappingCompaction,
      long walSegmentBytes,
      String walCompression,
      int headChunksWriteQueueSize,
      int samplesPerChunk,
      int maxSeries,
      int maxSeriesPerJob,
      int delayedCompactionMaxPercent,
      String delayCompactFile,
      long blockReloadIntervalMs) {}

  public record Query(long lookbackMs, long timeoutMs, int maxConcurrency, int maxSamples) {}

  /// @param timestampToleranceMs how far a timestamp may be moved to meet its schedule; 0 if it may
  ///   not
  public record Scrape(long timestampToleranceMs, long discoveryReloadIntervalMs) {}

  /// @param level debug, info, warn or error
  public record Log(String level, boolean json) {}

  public boolean has(Feature feature) {
    return features.contains(feature);
  }

  /// What the flags decide in the configuration file.
  public ConfigDefaults configDefaults() {
    long timeMs = storage.retentionTimeMs();
    long sizeBytes = storage.retentionSizeBytes();
    return new ConfigDefaults(
        has(Feature.EXTRA_SCRAPE_METRICS),
        has(Feature.CREATED_TIMESTAMP_ZERO_INGESTION) || has(Feature.ST_STORAGE),
        timeMs == 0 && sizeBytes == 0 ? ConfigDefaults.RETENTION_TIME_MS : timeMs,
        sizeBytes);
  }

  /// The longest span of a block: what the flag says, else a tenth of the retention, at most 31
  /// days.
  public long maxBlockMs(StorageConfig config) {
    if (storage.maxBlockMs() != 0) {
      return storage.maxBlockMs();
    }
    long tenthMs = config.retentionTimeMs() / 10;
    return tenthMs != 0 && tenthMs < MAX_BLOCK_MS ? tenthMs : MAX_BLOCK_MS;
  }

  /// All flags with their values, those that the configuration file decides as it decided them.
  public SortedMap<String, String> shown(StorageConfig config) {
    SortedMap<String, String> all = new TreeMap<>(shown);
    all.put("storage.tsdb.retention.time", Durations.format(config.retentionTimeMs()));
    all.put("storage.tsdb.retention.size", Sizes.format(config.retentionSizeBytes()));
    all.put("storage.tsdb.max-block-duration", Durations.format(maxBlockMs(config)));
    return all;
  }
}
