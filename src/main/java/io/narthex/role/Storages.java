package io.narthex.role;

import io.narthex.api.StatusSource.Entry;
import io.narthex.api.StatusSource.TsdbStats;
import io.narthex.api.StatusSource.WalReplay;
import io.narthex.clock.Durations;
import io.narthex.clock.Timers;
import io.narthex.config.Sizes;
import io.narthex.role.config.ServerConfig;
import io.narthex.role.config.StorageConfig;
import io.narthex.role.flags.ServerFlags;
import io.narthex.tsdb.ReplayStatus;
import io.narthex.tsdb.Tsdb;
import io.narthex.tsdb.TsdbOptions;
import io.narthex.tsdb.TsdbStats.Count;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;

/// Opens the storage as flags and configuration want it, and tells about it in the API's words.
final class Storages {

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
    return new TsdbOptions(
        s.minBlockMs(),
        flags.maxBlockMs(config),
        config.retentionTimeMs(),
        config.retentionSizeBytes(),
        config.outOfOrderWindowMs(),
        s.samplesPerChunk(),
        defaults.maxHeadSeries(),
        !s.walCompression().isEmpty(),
        s.walSegmentBytes() == 0 ? defaults.walSegmentBytes() : (int) s.walSegmentBytes(),
        s.lockfile(),
        s.overlappingCompaction());
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
