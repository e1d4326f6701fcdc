package io.narthex.api;

import java.util.List;
import java.util.Map;

/// What the status endpoints tell of the server. Asked at every request; answers at once.
public interface StatusSource {

  /// The configuration in force, defaults filled in, secrets hidden.
  String configYaml();

  /// Flags without dashes, values as text.
  Map<String, String> flags();

  Build build();

  Runtime runtime();

  TsdbStats tsdb(int limit);

  WalReplay walReplay();

  /// Metas of the blocks on disk, oldest first, each as JSON.
  List<String> blockMetas();

  /// Whether the storage is open and requests can be answered.
  Readiness readiness();

  /// States of the server's life.
  enum Readiness {
    STARTING,
    READY,
    STOPPING
  }

  /// What was built. `goVersion` keeps its name for clients; it holds the Java version.
  record Build(
      String version,
      String revision,
      String branch,
      String buildUser,
      String buildDate,
      String goVersion) {}

  /// The running process.
  record Runtime(
      long startTimeMs,
      String workingDirectory,
      String hostname,
      long serverTimeMs,
      boolean reloadConfigSuccess,
      long lastConfigTimeMs,
      int corruptionCount,
      int threads,
      int processors,
      long memoryLimitBytes,
      String storageRetention) {}

  /// The head block's numbers and the names that cost most.
  record TsdbStats(
      long numSeries,
      long numLabelPairs,
      long chunkCount,
      long minTimeMs,
      long maxTimeMs,
      List<Entry> seriesCountByMetricName,
      List<Entry> labelValueCountByLabelName,
      List<Entry> memoryInBytesByLabelName,
      List<Entry> seriesCountByLabelValuePair) {}

  /// A name and its number.
  record Entry(String name, long value) {}

  /// Segments of the write-ahead log that the start has to read.
  record WalReplay(int min, int max, int current) {}
}
