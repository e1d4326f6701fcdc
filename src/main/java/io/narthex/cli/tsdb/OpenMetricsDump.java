package io.narthex.cli.tsdb;

import io.narthex.cli.terminal.Terminal;
import io.narthex.model.exposition.TextBuffer;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;
import java.nio.charset.StandardCharsets;

/// Samples as OpenMetrics text, without types: time in seconds. Of a series, the samples up to its
/// first histogram, which cannot be written so.
record OpenMetricsDump(Terminal terminal, TextBuffer text) implements DumpFormat {

  private static final int FLUSH_BYTES = 1 << 16;

  OpenMetricsDump(Terminal terminal) {
    this(terminal, new TextBuffer(FLUSH_BYTES * 2));
  }

  @Override
  public boolean wantsSamples() {
    return true;
  }

  @Override
  public void series(Labels labels, SampleBuffer samples) {
    byte[] name = name(labels).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < samples.size && samples.histogram(i) == null; i++) {
      text.put(name);
      text.put(samples.values[i]);
      text.put(' ');
      seconds(samples.timesMs[i]);
      text.put('\n');
      if (text.length() >= FLUSH_BYTES) {
        text.drainTo(terminal.out());
      }
    }
  }

  private static String name(Labels labels) {
    StringBuilder out = new StringBuilder(labels.metricName()).append('{');
    Labels rest = labels.without(Labels.NAME);
    for (int i = 0; i < rest.size(); i++) {
      out.append(i == 0 ? "" : ",").append(rest.name(i)).append('=');
      GoQuote.quote(rest.value(i), out);
    }
    return out.append("} ").toString();
  }

  private void seconds(long ms) {
    long size = Math.abs(ms);
    if (ms < 0) {
      text.put('-');
    }
    text.put(size / 1000);
    text.put('.');
    int rest = (int) (size % 1000);
    text.put((char) ('0' + rest / 100));
    text.put((char) ('0' + rest / 10 % 10));
    text.put((char) ('0' + rest % 10));
  }

  @Override
  public void end() {
    text.put("# EOF\n");
    text.drainTo(terminal.out());
  }
}
