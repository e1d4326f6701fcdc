package io.narthex.cli.tsdb;

import io.narthex.cli.terminal.GoJson;
import io.narthex.cli.terminal.Terminal;
import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;

/// A JSON object for each series: its labels.
record SeriesJsonDump(Terminal terminal) implements DumpFormat {

  @Override
  public boolean wantsSamples() {
    return false;
  }

  @Override
  public void series(Labels labels, SampleBuffer samples) {
    StringBuilder out = new StringBuilder("{");
    for (int i = 0; i < labels.size(); i++) {
      out.append(i == 0 ? "" : ",");
      GoJson.quote(labels.name(i), out).append(':');
      GoJson.quote(labels.value(i), out);
    }
    terminal.line(out.append('}').toString());
  }

  @Override
  public void end() {
    // Nothing comes behind the last series.
  }
}
