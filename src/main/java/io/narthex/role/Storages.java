package io.narthex.role;

import io.narthex.api.StatusSource.Entry;
import io.narthex.api.StatusSource.TsdbStats;
import io.narthex.api.StatusSource.WalReplay;
import io.narthex.clock.Durations;
import io.narthex.clock.Timers;
import io.narthex.config.Sizes;
import io.narthex.role.config.ServerConfig;
import io.narthex.role.config.StorageConfig;
import io.narthex.role.flags.Feature;
import io.narthex.role.flags.ServerFlags;
import io.narthex.tsdb.ReplayStatus;
import io.narthex.tsdb.Tsdb;
import io.narthex.tsdb.TsdbLimits;
import io.narthex.tsdb.TsdbOptions;
import io.narthex.tsdb.TsdbStats.Count;
import io.narthex.tsdb.wal.WalOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;

/// Opens the storage as flags and configuration want it, and tells about it in the API's words.
final class Storages {

  /// More would not fit in an array.
  private static final long MOST_EXEMPLARS = 1 << 30;

  private static final long MIB = 1 << 20;

  /// What Prometheus says of it.
  private static final String XOR_HAS_NO_STARTS =
      "float chunk encoding \"xor\" is incompatible with start-timestamp storage; XOR chunks do not"
          + " store start timestamps, use \"xor2\"";

  private Storages() {}

  static Tsdb open(
      ServerFlags flags,
      ServerConfig config,
      ServerRole.Ground ground,
      Timers timers,
      Executor blocking,
      ReplayStatus status) {
    return Tsdb.open(
        Path.of(flags.storage().path()),
        options(flags, config.storage()),
        ground.disk(),
        ground.clock(),
        ground.metrics(),
        timers,
        blocking,
        status);
  }

  private static TsdbOptions options(ServerFlags flags, StorageConfig config) {
    TsdbOptions defaults = TsdbOptions.defaults();
    ServerFlags.Storage s = flags.storage();
    WalOptions wal =
        new WalOptions(
            s.walSegmentBytes() == 0
                ? defaults.head().wal().segmentBytes()
                : (int) s.walSegmentBytes(),
            compression(s.walCompression()),
            flags.has(Feature.ST_STORAGE));
    Path uploads = s.delayCompactFile().isEmpty() ? null : Path.of(s.delayCompactFile());
    int delayPercent = flags.has(Feature.DELAYED_COMPACTION) ? s.delayedCompactionMaxPercent() : 0;
    return new TsdbOptions(
        s.minBlockMs(),
        Math.max(s.minBlockMs(), flags.maxBlockMs(config)),
        limits(flags, config),
        new TsdbOptions.HeadPart(
            s.samplesPerChunk(),
            s.maxSeries(),
            s.maxSeriesPerJob(),
            flags.has(Feature.METADATA_WAL_RECORDS),
            isXor2(flags, config),
            flags.has(Feature.HISTOGRAMS_ST_ENCODING),
            flags.has(Feature.MEMORY_SNAPSHOT_ON_SHUTDOWN),
            wal),
        new TsdbOptions.BlockPart(
            s.overlappingCompaction(),
            delayPercent,
            uploads,
            s.maxChunkSegmentBytes() == 0
                ? defaults.blocks().maxSegmentBytes()
                : s.maxChunkSegmentBytes(),
            s.blockReloadIntervalMs()),
        s.lockfile());
  }

  /// Refuses to start with chunks that have no room for what shall be kept, or with files of a size
  /// that is of no use.
  ///
  /// @throws RoleException if it is so
  static void check(ServerFlags flags, StorageConfig config) {
    if (flags.has(Feature.ST_STORAGE) && !isXor2(flags, config)) {
      throw new RoleException("opening storage failed: " + XOR_HAS_NO_STARTS);
    }
    long walSegment = flags.storage().walSegmentBytes();
    if (walSegment != 0 && (walSegment < 10 * MIB || walSegment > 256 * MIB)) {
      throw new RoleException(
          "flag 'storage.tsdb.wal-segment-size' must be set between 10MB and 256MB");
    }
    long chunkSegment = flags.storage().maxChunkSegmentBytes();
    if (chunkSegment != 0 && chunkSegment < MIB) {
      throw new RoleException(
          "flag 'storage.tsdb.max-block-chunk-segment-size' must be set over 1MB");
    }
  }

  /// Refuses such a file for a server that runs. The encoding that it started with stays, where the
  /// file says nothing.
  ///
  /// @throws RoleException if it is so
  static ServerConfig checked(ServerFlags flags, ServerConfig config) {
    if (flags.has(Feature.ST_STORAGE) && config.storage().floatEncoding().equals("xor")) {
      throw new RoleException(XOR_HAS_NO_STARTS);
    }
    return config;
  }

  /// The file decides; where it says nothing, the older flag does.
  private static boolean isXor2(ServerFlags flags, StorageConfig config) {
    String encoding = config.floatEncoding();
    return encoding.isEmpty() ? flags.has(Feature.XOR2_ENCODING) : encoding.equals("xor2");
  }

  private static WalOptions.Compression compression(String name) {
    return switch (name) {
      case "" -> WalOptions.Compression.NONE;
      case "zstd" -> WalOptions.Compression.ZSTD;
      default -> WalOptions.Compression.SNAPPY;
    };
  }

  /// What a reload may change.
  static TsdbLimits limits(ServerFlags flags, StorageConfig config) {
    long exemplars = flags.has(Feature.EXEMPLAR_STORAGE) ? config.maxExemplars() : 0;
    return new TsdbLimits(
        config.retentionTimeMs(),
        config.retentionSizeBytes(),
        config.retentionPercentage(),
        config.outOfOrderWindowMs(),
        (int) Math.clamp(exemplars, 0, MOST_EXEMPLARS),
        config.staleSeriesThreshold());
  }

  /// How long data is kept, as Prometheus prints it: `15d`, `10GiB`, `15d or 10GiB`.
  static String retentionText(StorageConfig config) {
    String time = config.retentionTimeMs() > 0 ? Durations.format(config.retentionTimeMs()) : "";
    String size = config.retentionSizeBytes() > 0 ? Sizes.format(config.retentionSizeBytes()) : "";
    return time.isEmpty() || size.isEmpty() ? time + size : time + " or " + size;
  }

  static TsdbStats stats(Tsdb tsdb, int limit) {
    io.narthex.tsdb.TsdbStats s = tsdb.stats(limit);
    return new TsdbStats(
        s.series(),
        s.labelPairs(),
        s.chunks(),
        s.minMs(),
        s.maxMs(),
        entries(s.seriesByMetric()),
        entries(s.valuesByLabel()),
        entries(s.bytesByLabel()),
        entries(s.seriesByPair()));
  }

  private static List<Entry> entries(List<Count> counts) {
    return counts.stream().map(c -> new Entry(c.name(), c.count())).toList();
  }

  static WalReplay walReplay(ReplayStatus status) {
    return new WalReplay(
        Math.max(0, status.min()), Math.max(0, status.max()), Math.max(0, status.current()));
  }
}
