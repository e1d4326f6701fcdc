package io.narthex.model.exposition;

import io.narthex.model.labels.NameEscaping;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.MetricType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prometheus' text format, version 0.0.4. Source: prometheus/common `expfmt/text_create.go`.
public final class TextWriter extends ExpositionWriter {

  public TextWriter(TextBuffer out, NameEscaping escaping) {
    super(out, escaping);
  }

  @Override
  public void family(String name, @Nullable String help, MetricType type, String unit) {
    String escaped = escaping.escape(name);
    if (help != null) {
      comment("HELP", escaped);
      out.putEscaped(help, false);
      out.put('\n');
    }
    comment("TYPE", escaped);
    out.put(typeText(type));
    out.put('\n');
  }

  /// The format knows five types only.
  private static String typeText(MetricType type) {
    return switch (type) {
      case COUNTER, GAUGE, HISTOGRAM, SUMMARY -> type.text();
      case GAUGEHISTOGRAM -> "histogram";
      case INFO, STATESET -> "gauge";
      case UNKNOWN -> "untyped";
    };
  }

  @Override
  public void sample(
      String name, List<String> labels, double value, long tMs, @Nullable Exemplar exemplar) {
    series(escaping.escape(name), labels);
    out.put(' ');
    out.put(value);
    if (tMs != NO_TIMESTAMP) {
      out.put(' ');
      out.put(tMs);
    }
    out.put('\n');
  }

  @Override
  public void end() {}
}
