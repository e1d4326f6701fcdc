package io.narthex.model.exposition;

import io.narthex.model.labels.LabelNames;
import io.narthex.model.labels.NameEscaping;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.MetricType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes families and their samples as an exposition: every family once, directly followed by all
/// its samples. Sample names carry their suffixes (`_total`, `_bucket`, `_sum` ...). Labels are
/// name, value, name, value ... and are written in that order. Not thread-safe.
public abstract sealed class ExpositionWriter permits TextWriter, OpenMetricsWriter {

  /// Stands for "no timestamp".
  public static final long NO_TIMESTAMP = Long.MIN_VALUE;

  final TextBuffer out;
  final NameEscaping escaping;

  ExpositionWriter(TextBuffer out, NameEscaping escaping) {
    this.out = out;
    this.escaping = escaping;
  }

  /// A writer of the given format, which is text or OpenMetrics.
  ///
  /// @throws IllegalStateException for a protobuf format
  public static ExpositionWriter of(NegotiatedFormat format, TextBuffer out) {
    return switch (format.kind()) {
      case TEXT -> new TextWriter(out, format.escaping());
      case OPENMETRICS_0_0_1, OPENMETRICS_1_0_0 -> new OpenMetricsWriter(out, format.escaping());
      case PROTO_DELIMITED, PROTO_TEXT, PROTO_COMPACT ->
          throw new IllegalStateException("BUG: no text writer for " + format.contentType());
    };
  }

  /// Begins a family.
  ///
  /// @param help null if there is none
  /// @param unit empty if there is none
  public abstract void family(String name, @Nullable String help, MetricType type, String unit);

  /// A sample of the family last begun.
  ///
  /// @param tMs milliseconds since the epoch, or {@link #NO_TIMESTAMP}
  /// @param exemplar null if there is none; the text format cannot write it
  public abstract void sample(
      String name, List<String> labels, double value, long tMs, @Nullable Exemplar exemplar);

  /// A sample without a timestamp.
  public final void sample(String name, List<String> labels, double value) {
    sample(name, labels, value, NO_TIMESTAMP, null);
  }

  /// Writes what the format has at its end. The writer is done then.
  public abstract void end();

  /// `# HELP name text` and the like.
  final void comment(String keyword, String name) {
    out.put("# ");
    out.put(keyword);
    out.put(' ');
    name(name);
    out.put(' ');
  }

  private void name(String name) {
    if (LabelNames.isLegacyMetric(name)) {
      out.put(name);
    } else {
      quoted(name);
    }
  }

  private void quoted(String text) {
    out.put('"');
    out.putEscaped(text, true);
    out.put('"');
  }

  /// Metric name and labels; a name that is no legacy one goes into the braces.
  final void series(String name, List<String> labels) {
    boolean legacy = LabelNames.isLegacyMetric(name);
    if (legacy) {
      out.put(name);
      if (labels.isEmpty()) {
        return;
      }
    }
    out.put('{');
    if (!legacy) {
      quoted(name);
    }
    labels(labels, !legacy);
    out.put('}');
  }

  /// Labels without their braces.
  final void labels(List<String> labels, boolean comma) {
    for (int i = 0; i < labels.size(); i += 2) {
      if (comma || i > 0) {
        out.put(',');
      }
      label(labels.get(i), labels.get(i + 1));
    }
  }

  private void label(String name, String value) {
    String escaped = escaping.escape(name);
    if (LabelNames.isLegacyLabel(escaped)) {
      out.put(escaped);
    } else {
      quoted(escaped);
    }
    out.put("=\"");
    labelValue(name, value);
    out.put('"');
  }

  /// OpenMetrics writes bounds and quantiles as floats.
  void labelValue(String name, String value) {
    out.putEscaped(value, true);
  }
}
