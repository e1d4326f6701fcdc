package io.narthex.tsdb.head;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.FloatChunk;
import io.narthex.tsdb.chunk.HistogramAppender;
import io.narthex.tsdb.chunk.HistogramAppender.Fit;

/// Puts decoded samples into chunks of a block.
final class SampleChunks {

  private static final int SAMPLES_A_CHUNK = 120;

  private SampleChunks() {}

  /// Writes all samples as chunks of the sink's series at hand.
  ///
  /// @param chunk where chunks of floats are put together
  static void write(SampleBuffer samples, FloatChunk chunk, HeadBlockSource.Sink sink) {
    int at = 0;
    while (at < samples.size) {
      at =
          samples.histogram(at) != null
              ? histograms(samples, at, sink)
              : floats(samples, at, chunk, sink);
    }
  }

  private static int floats(
      SampleBuffer samples, int from, FloatChunk chunk, HeadBlockSource.Sink sink) {
    int end = Math.min(samples.size, from + SAMPLES_A_CHUNK);
    int at = from;
    while (at < end && samples.histogram(at) == null) {
      at++;
    }
    chunk.take(samples, from, at);
    sink.chunk(
        samples.timesMs[from],
        samples.timesMs[at - 1],
        chunk.encoding(),
        chunk.array(),
        chunk.lengthBytes());
    return at;
  }

  /// Writes the histograms from `from` on, up to the next float, and returns where that is.
  private static int histograms(SampleBuffer samples, int from, HeadBlockSource.Sink sink) {
    int at = from;
    Fit fit = Fit.CUT;
    FloatHistogram next = samples.histogram(at);
    while (next != null) {
      HistogramAppender chunk = HistogramAppender.startingWith(samples, at, fit);
      int first = at;
      do {
        chunk.append(samples.timesMs[at], next, samples.startMs(at));
        at++;
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
