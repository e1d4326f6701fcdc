package io.narthex.tsdb.head;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.HistogramAppender;
import io.narthex.tsdb.chunk.HistogramAppender.Fit;

/// Writes histograms of the head as chunks of a block.
final class HistogramChunks {

  private static final int SAMPLES_A_CHUNK = 120;

  private HistogramChunks() {}

  /// Writes the histograms from `from` on, up to the next float, and returns where that is.
  static int write(SampleBuffer samples, int from, HeadBlockSource.Sink sink) {
    int at = from;
    Fit fit = Fit.CUT;
    FloatHistogram next = samples.histogram(at);
    while (next != null) {
      HistogramAppender chunk = HistogramAppender.startingWith(next, fit);
      int first = at;
      do {
        chunk.append(samples.timesMs[at++], next);
        next = at < samples.size ? samples.histogram(at) : null;
        fit = next == null ? Fit.CUT : chunk.fit(next);
      } while (next != null && fit == Fit.APPEND && at - first < SAMPLES_A_CHUNK);
      sink.chunk(
          samples.timesMs[first],
          samples.timesMs[at - 1],
          chunk.encoding(),
          chunk.array(),
          chunk.lengthBytes());
    }
    return at;
  }
}
