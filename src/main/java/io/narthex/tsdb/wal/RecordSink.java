package io.narthex.tsdb.wal;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;

/// Takes what records say, in the log's order. References are those of the log.
public interface RecordSink {

  void series(long ref, Labels labels);

  /// All float samples of a record. The columns are the decoder's, valid during the call.
  void samples(SampleColumns samples);

  /// @param startMs start timestamp, 0 if it is unknown
  void histogram(long ref, long tMs, FloatHistogram histogram, long startMs);

  /// Samples with `minMs <= t <= maxMs` are deleted.
  void tombstone(long ref, long minMs, long maxMs);

  void exemplar(long ref, long tMs, double value, Labels labels);

  void metadata(long ref, Metadata metadata);

  /// In-order samples before this time are in blocks, or were there.
  default void minValid(long minMs) {}

  /// All out-of-order samples of the series so far are in the mapped chunk `chunkRef`.
  default void mapMarker(long ref, long chunkRef) {}
}
