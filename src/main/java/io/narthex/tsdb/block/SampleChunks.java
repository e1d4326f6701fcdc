package io.narthex.tsdb.block;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.FloatChunk;
import io.narthex.tsdb.chunk.HistogramAppender;
import io.narthex.tsdb.chunk.HistogramAppender.Fit;
import org.jspecify.annotations.Nullable;

/// Puts decoded samples into chunks again. Samples with start timestamps, which come from chunks
/// that have room for them, go into such chunks. Reusable, not thread-safe.
final class SampleChunks {

  /// As many as the head aims at.
  private static final int CHUNK_SAMPLES = 120;

  private final BlockWriter writer;
  private final FloatChunk floats;
  private final FloatChunk floatsWithStarts = new FloatChunk(ChunkEncoding.XOR2);

  SampleChunks(BlockWriter writer, int floatEncoding) {
    this.writer = writer;
    floats = new FloatChunk(floatEncoding);
  }

  /// Writes all samples as chunks of the writer's series at hand.
  void write(SampleBuffer samples) {
    int at = 0;
    Fit fit = Fit.CUT;
    while (at < samples.size) {
      FloatHistogram histogram = samples.histogram(at);
      if (histogram == null) {
        at = floatChunk(samples, at);
        fit = Fit.CUT;
      } else {
        HistogramAppender appender = HistogramAppender.startingWith(samples, at, fit);
        fit = Fit.APPEND;
        int from = at;
        FloatHistogram next = histogram;
        while (next != null && fit == Fit.APPEND && at - from < CHUNK_SAMPLES) {
          appender.append(samples.timesMs[at], next, samples.startMs(at));
          at++;
          next = at < samples.size ? samples.histogram(at) : null;
          fit = next == null ? Fit.CUT : appender.fit(next);
        }
        put(samples, from, at, appender.encoding(), appender.array(), appender.lengthBytes());
      }
    }
  }

  private int floatChunk(SampleBuffer samples, int from) {
    int at = from;
    while (at < samples.size && at - from < CHUNK_SAMPLES && isFloat(samples, at)) {
      at++;
    }
    FloatChunk chunk = samples.hasStart(from, at) ? floatsWithStarts : floats;
    chunk.take(samples, from, at);
    put(samples, from, at, chunk.encoding(), chunk.array(), chunk.lengthBytes());
    return at;
  }

  private static boolean isFloat(SampleBuffer samples, int at) {
    @Nullable FloatHistogram histogram = samples.histogram(at);
    return histogram == null;
  }

  private void put(
      SampleBuffer samples, int from, int to, int encoding, byte[] bytes, int lengthBytes) {
    writer.chunk(samples.timesMs[from], samples.timesMs[to - 1], encoding, bytes, 0, lengthBytes);
  }
}
