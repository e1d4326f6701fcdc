package io.narthex.scrape;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.Appendable;
import io.narthex.storage.Appender;
import io.narthex.storage.Appender.Commit;
import io.narthex.storage.Appender.Outcome;
import java.util.Arrays;

/// The series that say how the scrapes of a target go. They are stored with every scrape, whether
/// it went well or not, and are neither relabelled nor counted.
final class ReportSeries {

  private static final String[] NAMES = {
    "up",
    "scrape_duration_seconds",
    "scrape_samples_scraped",
    "scrape_samples_post_metric_relabeling",
    "scrape_series_added",
    "scrape_timeout_seconds",
    "scrape_sample_limit",
    "scrape_body_size_bytes"
  };

  /// Series that are there even if no extra ones are wanted.
  private static final int BASIC = 5;

  private final Labels target;
  private final int count;
  private final long[] refs;
  private final double[] values;
  private int first;

  /// @param target the public labels of the target
  ReportSeries(Labels target, boolean extra) {
    this.target = target;
    count = extra ? NAMES.length : BASIC;
    refs = new long[count];
    values = new double[count];
  }

  /// Stages the report of a scrape.
  ///
  /// @param first index that the first sample gets in the batch
  /// @param of in the order of the series; as many as there may be
  void stage(Appender into, int first, long tMs, double[] of) {
    this.first = first;
    System.arraycopy(of, 0, values, 0, count);
    append(into, tMs);
  }

  /// Stages the ends of the series.
  void stageEnd(Appender into, int first, long tMs) {
    this.first = first;
    Arrays.fill(values, StaleMarker.STALE);
    append(into, tMs);
  }

  private void append(Appender into, long tMs) {
    for (int i = 0; i < count; i++) {
      into.append(refs[i], refs[i] == 0 ? labels(i) : Labels.EMPTY, tMs, values[i]);
    }
  }

  /// Takes the references of a commit over; true if storage had forgotten some, which is repaired
  /// by staging the same report once more.
  boolean committed(Commit commit) {
    boolean forgotten = false;
    for (int i = 0; i < count; i++) {
      forgotten |= commit.outcome(first + i) == Outcome.UNKNOWN_REF;
      refs[i] = commit.ref(first + i);
    }
    return forgotten;
  }

  /// Exchanges provisional references for those that storage has given since.
  void settle(Appendable storage) {
    for (int i = 0; i < count; i++) {
      refs[i] = storage.settled(refs[i]);
    }
  }

  /// Stages the last report once more, with labels.
  void stageAgain(Appender into, int first, long tMs) {
    this.first = first;
    append(into, tMs);
  }

  private Labels labels(int i) {
    return new LabelsBuilder(target).set(Labels.NAME, NAMES[i]).build();
  }
}
