package io.narthex.cli.tsdb;

import io.narthex.cli.terminal.Terminal;
import io.narthex.model.exposition.TextBuffer;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.SampleBuffer;
import java.nio.charset.StandardCharsets;

/// A line for each sample: labels, value, time in milliseconds.
record PlainDump(Terminal terminal, TextBuffer text) implements DumpFormat {

  private static final int FLUSH_BYTES = 1 << 16;

  PlainDump(Terminal terminal) {
    this(terminal, new TextBuffer(FLUSH_BYTES * 2));
  }

  @Override
  public boolean wantsSamples() {
    return true;
  }

  @Override
  public void series(Labels labels, SampleBuffer samples) {
    byte[] name = (labels + " ").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < samples.size; i++) {
      text.put(name);
      FloatHistogram histogram = samples.histogram(i);
      if (histogram == null) {
        text.put(samples.values[i]);
      } else {
        text.put(HistogramLine.of(histogram));
      }
      text.put(' ');
      text.put(samples.timesMs[i]);
      text.put('\n');
      if (text.length() >= FLUSH_BYTES) {
        text.drainTo(terminal.out());
      }
    }
  }

  @Override
  public void end() {
    text.drainTo(terminal.out());
  }
}
