package io.narthex.promql.exec.select;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.exec.series.EvalException;
import io.narthex.promql.exec.series.MetricName;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.SeriesBytes;
import io.narthex.promql.plan.Plan;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.Series;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import java.util.ArrayList;
import java.util.List;

/// The series of one selector.
public final class Selection {

  private final Series[] series;
  private final Labels[] labels;

  private final boolean countsOnly;
  private boolean metricsCompared;
  private boolean oneMetric;

  private Selection(List<Series> found, boolean countsOnly) {
    this.countsOnly = countsOnly;
    series = found.toArray(Series[]::new);
    labels = new Labels[series.length];
    for (int i = 0; i < series.length; i++) {
      labels[i] = series[i].labels();
    }
  }

  /// The series of a selector.
  public static Selection of(QueryScope scope, Plan.Selector selector) {
    return of(scope, selector.hints(), selector.matchers(), selector.countsOnly());
  }

  /// The series that fulfil the matchers.
  public static Selection of(QueryScope scope, SelectHints hints, List<Matcher> matchers) {
    return of(scope, hints, matchers, false);
  }

  private static Selection of(
      QueryScope scope, SelectHints hints, List<Matcher> matchers, boolean countsOnly) {
    List<Series> found = new ArrayList<>();
    long bytes = 0;
    try {
      SeriesSet set = scope.querier().select(false, hints, matchers);
      while (set.next()) {
        if ((found.size() & 1023) == 0) {
          scope.limits().check();
          scope.limits().take(bytes);
          bytes = 0;
        }
        Series at = set.at();
        bytes += SeriesBytes.selected(at.labels());
        found.add(at);
      }
      scope.limits().take(bytes);
      set.warnings().forEach(scope.lane().annotations::addPlain);
    } catch (StorageException e) {
      throw new EvalException(EvalException.Reason.STORAGE, "expanding series: " + e.getMessage());
    }
    return new Selection(found, countsOnly);
  }

  /// Whether all series agree in the labels that name the metric.
  boolean oneMetric() {
    if (!metricsCompared) {
      metricsCompared = true;
      oneMetric = true;
      for (int i = 1; oneMetric && i < labels.length; i++) {
        oneMetric = MetricName.same(labels[0], labels[i]);
      }
    }
    return oneMetric;
  }

  public int size() {
    return series.length;
  }

  public Labels labels(int i) {
    return labels[i];
  }

  /// Appends to `out`, which is empty, the samples of series `i` with `minMs <= t <= maxMs`.
  void read(int i, long minMs, long maxMs, SampleBuffer out) {
    series[i].read(minMs, maxMs, out);
    if (countsOnly) {
      KnownHints.find(out);
    }
  }
}
