package io.narthex.promql.exec.aggregate;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.exec.histogram.HistogramText;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.GoFloat;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.MaterialSet;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.SeriesBytes;
import io.narthex.promql.exec.series.Signatures;
import io.narthex.promql.exec.series.VectorSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `count_values`: how many series have each value.
final class CountValues {

  /// Of the value of the label.
  private static final long BYTES_A_TEXT = 48;

  private final String label;
  private final List<String> grouping;
  private final boolean without;
  private final Map<Labels, Column> counts = new LinkedHashMap<>();

  CountValues(String label, List<String> grouping, boolean without) {
    this.label = label;
    this.grouping = new ArrayList<>(grouping);
    this.without = without;
    if (without) {
      this.grouping.add(Labels.NAME);
    } else {
      this.grouping.add(label);
    }
  }

  VectorSet run(QueryScope scope, VectorSet set, int steps) {
    Signatures signatures = new Signatures(grouping, !without);
    Lane lane = scope.lane();
    Column column = lane.borrow(steps);
    LabelsBuilder builder = new LabelsBuilder();
    for (int s = 0; s < set.size(); s++) {
      set.evaluate(s, lane, column);
      for (int i = 0; i < steps; i++) {
        if (column.present(i)) {
          Labels labelled = builder.reset(set.labels(s)).set(label, text(column, i)).build();
          count(scope, signatures.keep(labelled), i, steps);
        }
      }
    }
    lane.give(column);
    MaterialSet result = new MaterialSet();
    counts.forEach((labels, values) -> {
      result.add(labels, false, values);
    });
    return result;
  }

  private static String text(Column column, int i) {
    FloatHistogram histogram = column.histogram(i);
    return histogram == null ? GoFloat.plain(column.values[i]) : HistogramText.of(histogram);
  }

  private static Column column(QueryScope scope, Labels labels, int steps) {
    long held = SeriesBytes.HELD + SeriesBytes.MAP_ENTRY + (long) steps * Double.BYTES;
    scope.limits().take(held + SeriesBytes.labels(labels) + BYTES_A_TEXT);
    return new Column(steps);
  }

  private void count(QueryScope scope, Labels labels, int step, int steps) {
    Column column = counts.computeIfAbsent(labels, l -> column(scope, l, steps));
    column.values[step] = column.present(step) ? column.values[step] + 1 : 1;
  }
}
