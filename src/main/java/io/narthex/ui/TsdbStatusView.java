package io.narthex.ui;

import java.util.List;

/// Statistics of the head block.
///
/// @param minTimeMs first sample, milliseconds since the Unix epoch; `Long.MAX_VALUE` for an empty
///   head
/// @param maxTimeMs last sample; `Long.MIN_VALUE` for an empty head
public record TsdbStatusView(
    long seriesCount,
    long labelPairCount,
    long chunkCount,
    long minTimeMs,
    long maxTimeMs,
    List<Count> seriesByMetricName,
    List<Count> labelValuesByLabelName,
    List<Count> memoryBytesByLabelName,
    List<Count> seriesByLabelPair) {

  /// One row of a top list, largest first.
  public record Count(String name, long value) {}
}
