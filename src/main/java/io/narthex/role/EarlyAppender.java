package io.narthex.role;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;
import io.narthex.storage.Appender;

/// Takes a batch for a storage that is not open yet.
final class EarlyAppender implements Appender {

  private final EarlyWrites into;
  private final EarlyBatch batch = new EarlyBatch();

  EarlyAppender(EarlyWrites into) {
    this.into = into;
  }

  @Override
  public boolean isProvisional() {
    return true;
  }

  @Override
  public int append(long ref, Labels labels, long tMs, double value) {
    return batch.add(ref, labels, tMs, value);
  }

  @Override
  public int append(long ref, Labels labels, long tMs, FloatHistogram histogram) {
    return batch.add(ref, labels, tMs, histogram);
  }

  @Override
  public void exemplar(int sample, Exemplar exemplar) {
    batch.exemplar(sample, exemplar);
  }

  @Override
  public void metadata(int sample, Metadata metadata) {
    batch.metadata(sample, metadata);
  }

  @Override
  public void start(int sample, long startMs) {
    batch.start(sample, startMs);
  }

  @Override
  public void zeroAtStart(int sample, long startMs) {
    batch.zeroAtStart(sample, startMs);
  }

  @Override
  public void rollback() {
    batch.clear();
  }

  @Override
  public Commit commit() {
    try {
      return into.commit(batch);
    } finally {
      batch.clear();
    }
  }
}
