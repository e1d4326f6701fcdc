package io.narthex.tsdb.head;

import io.narthex.storage.SampleBuffer;
import io.narthex.storage.StorageException;

/// Writes histograms of the head as chunks of a block.
final class HistogramChunks {

  private HistogramChunks() {}

  static int write(SampleBuffer samples, int from, int end, HeadBlockSource.Sink sink) {
    throw new StorageException("not implemented: native histograms in blocks");
  }
}
