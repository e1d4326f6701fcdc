package io.narthex.promql.exec.function;

import io.narthex.model.labels.CapturingRegex;
import io.narthex.model.labels.LabelNames;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.EvalException;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.VectorSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `label_replace` and `label_join`: the same values under other labels.
public final class Relabelled implements VectorSet {

  private final VectorSet inner;
  private final Labels[] labels;
  private final boolean namesMetric;

  /// Calculates a label from labels.
  private interface Change {
    /// The new value, or null if nothing changes.
    @Nullable String of(Labels labels);
  }

  private Relabelled(VectorSet inner, String target, Change change) {
    this.inner = inner;
    namesMetric = target.equals(Labels.NAME);
    labels = new Labels[inner.size()];
    changed = new boolean[labels.length];
    LabelsBuilder builder = new LabelsBuilder();
    for (int i = 0; i < labels.length; i++) {
      Labels before = inner.labels(i);
      String value = change.of(before);
      changed[i] = value != null;
      labels[i] = value == null ? before : builder.reset(before).set(target, value).build();
    }
  }

  private final boolean[] changed;

  /// @param inner the series, asked for once the other arguments have been looked at
  public static VectorSet replace(
      Supplier<VectorSet> inner, String target, String replacement, String source, String regex) {
    CapturingRegex compiled;
    try {
      compiled = CapturingRegex.compile(regex);
    } catch (IllegalArgumentException e) {
      throw EvalException.failed("invalid regular expression in label_replace(): " + regex);
    }
    if (!LabelNames.isUtf8(target)) {
      throw EvalException.failed("invalid destination label name in label_replace(): " + target);
    }
    return new Relabelled(
        inner.get(),
        target,
        labels -> {
          CapturingRegex.Captures captures = compiled.match(labels.get(source));
          return captures == null ? null : captures.expand(replacement);
        });
  }

  /// @param inner the series, asked for once the other arguments have been looked at
  public static VectorSet join(
      Supplier<VectorSet> inner, String target, String separator, List<String> sources) {
    for (String source : sources) {
      if (!LabelNames.isUtf8(source)) {
        throw EvalException.failed("invalid source label name in label_join(): " + source);
      }
    }
    if (!LabelNames.isUtf8(target)) {
      throw EvalException.failed("invalid destination label name in label_join(): " + target);
    }
    return new Relabelled(
        inner.get(),
        target,
        labels -> String.join(separator, sources.stream().map(labels::get).toList()));
  }

  @Override
  public int size() {
    return inner.size();
  }

  @Override
  public Labels labels(int i) {
    return labels[i];
  }

  /// A metric name that was just written stays.
  @Override
  public boolean dropName(int i) {
    return !(namesMetric && changed[i]) && inner.dropName(i);
  }

  @Override
  public void evaluate(int i, Lane lane, Column out) {
    inner.evaluate(i, lane, out);
  }
}
