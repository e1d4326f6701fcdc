package io.narthex.cli.tsdb;

import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;

/// How a dump writes series.
sealed interface DumpFormat permits PlainDump, OpenMetricsDump, SeriesJsonDump {

  /// Whether samples are written at all.
  boolean wantsSamples();

  /// Writes a series.
  ///
  /// @param samples empty if none are wanted
  void series(Labels labels, SampleBuffer samples);

  /// Writes what comes behind the last series.
  void end();
}
