package io.narthex.model.exposition;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.NameEscaping;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.MetricType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// OpenMetrics text, version 1.0.0. A counter whose name does not end in `_total` is announced as
/// unknown, as the reference does. Source: prometheus/common `expfmt/openmetrics_create.go`.
public final class OpenMetricsWriter extends ExpositionWriter {

  private static final String TOTAL = "_total";

  private MetricType type = MetricType.UNKNOWN;

  public OpenMetricsWriter(TextBuffer out, NameEscaping escaping) {
    super(out, escaping);
  }

  @Override
  public void family(String name, @Nullable String help, MetricType type, String unit) {
    this.type = type;
    boolean total = type == MetricType.COUNTER && name.endsWith(TOTAL);
    String announced =
        escaping.escape(total ? name.substring(0, name.length() - TOTAL.length()) : name);
    if (help != null) {
      comment("HELP", announced);
      out.putEscaped(help, true);
      out.put('\n');
    }
    comment("TYPE", announced);
    out.put(type == MetricType.COUNTER && !total ? MetricType.UNKNOWN.text() : type.text());
    out.put('\n');
    if (!unit.isEmpty()) {
      comment("UNIT", announced);
      out.put(unit);
      out.put('\n');
    }
  }

  @Override
  public void sample(
      String name, List<String> labels, double value, long tMs, @Nullable Exemplar exemplar) {
    series(escaping.escape(name), labels);
    out.put(' ');
    if (isCount(name) && value == (long) value) {
      out.put((long) value);
    } else {
      number(value);
    }
    if (tMs != NO_TIMESTAMP) {
      seconds(tMs);
    }
    if (exemplar != null) {
      exemplar(exemplar);
    }
    out.put('\n');
  }

  /// Counts of observations are written as whole numbers.
  private boolean isCount(String name) {
    return switch (type) {
      case HISTOGRAM, GAUGEHISTOGRAM, SUMMARY ->
          name.endsWith("_count") || name.endsWith("_bucket") || name.endsWith("_gcount");
      case COUNTER, GAUGE, INFO, STATESET, UNKNOWN -> false;
    };
  }

  private void number(double value) {
    int from = out.length();
    out.put(value);
    if (!out.looksFloat(from)) {
      out.put(".0");
    }
  }

  private void seconds(long tMs) {
    out.put(' ');
    number(tMs / 1000.0);
  }

  private void exemplar(Exemplar exemplar) {
    out.put(" # {");
    Labels labels = exemplar.labels();
    List<String> pairs = new ArrayList<>(2 * labels.size());
    for (int i = 0; i < labels.size(); i++) {
      pairs.add(labels.name(i));
      pairs.add(labels.value(i));
    }
    labels(pairs, false);
    out.put("} ");
    number(exemplar.value());
    if (exemplar.hasTimestamp()) {
      seconds(exemplar.tMs());
    }
  }

  @Override
  void labelValue(String name, String value) {
    boolean bound =
        switch (type) {
          case HISTOGRAM, GAUGEHISTOGRAM -> name.equals("le");
          case SUMMARY -> name.equals("quantile");
          case COUNTER, GAUGE, INFO, STATESET, UNKNOWN -> false;
        };
    int from = out.length();
    super.labelValue(name, value);
    if (bound && !out.looksFloat(from)) {
      out.put(".0");
    }
  }

  @Override
  public void end() {
    out.put("# EOF\n");
  }
}
