package io.narthex.scrape;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;
import io.narthex.storage.Appendable;
import io.narthex.storage.Appender;
import java.util.Arrays;

/// A storage that stages columns as the real one does and then forgets them.
final class NullStorage implements Appendable, Appender, Appender.Commit {

  private long[] refs = new long[4096];
  private long[] times = new long[4096];
  private double[] values = new double[4096];
  private int staged;
  private int size;

  /// Keeps the work from being left out.
  double sum;

  @Override
  public Appender appender() {
    return this;
  }

  @Override
  public int append(long ref, Labels labels, long tMs, double value) {
    if (staged == refs.length) {
      refs = Arrays.copyOf(refs, staged * 2);
      times = Arrays.copyOf(times, staged * 2);
      values = Arrays.copyOf(values, staged * 2);
    }
    refs[staged] = ref;
    times[staged] = tMs;
    values[staged] = value;
    return staged++;
  }

  @Override
  public int append(long ref, Labels labels, long tMs, FloatHistogram histogram) {
    return append(ref, labels, tMs, histogram.sum);
  }

  @Override
  public void exemplar(int sample, Exemplar exemplar) {}

  @Override
  public void metadata(int sample, Metadata metadata) {}

  @Override
  public void rollback() {
    staged = 0;
  }

  @Override
  public Commit commit() {
    sum += values[0] + staged;
    size = staged;
    staged = 0;
    return this;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int accepted() {
    return size;
  }

  @Override
  public int count(Outcome outcome) {
    return outcome == Outcome.STORED ? size : 0;
  }

  @Override
  public Outcome outcome(int sample) {
    return Outcome.STORED;
  }

  @Override
  public long ref(int sample) {
    return sample + 1;
  }
}
