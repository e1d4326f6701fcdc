package io.narthex.exporter;

import java.io.IOException;

/// Reads one thing and shows it as families. Called from several threads at once.
public interface Collector {

  /// The name in `collect[]`, in flags and in the label `collector`.
  String name();

  /// Reads everything afresh and adds it to `out`. What was added before a failure is kept.
  ///
  /// @throws NoDataException if there is nothing to read on this machine
  /// @throws IOException if reading failed
  void collect(Families out) throws IOException;
}
