package io.narthex.exporter;

import io.narthex.metrics.Metrics.MetricSink;
import io.narthex.metrics.Metrics.Type;
import io.narthex.model.exposition.ExpositionWriter;
import io.narthex.model.exposition.NegotiatedFormat;
import io.narthex.model.exposition.TextBuffer;
import io.narthex.model.sample.MetricType;
import java.util.List;
import java.util.function.Consumer;

/// The body of an answer to a scrape.
public final class ExporterPage {

  private ExporterPage() {}

  /// What `sources` hand out, in one exposition. A single source must hand out its families in
  /// order, as {@link io.narthex.metrics.Metrics#collect} does; several are merged by name.
  ///
  /// @param format a text format, as {@link NegotiatedFormat#negotiate} found it
  @SafeVarargs
  public static byte[] render(NegotiatedFormat format, Consumer<MetricSink>... sources) {
    TextBuffer out = new TextBuffer(64 * 1024);
    ExpositionWriter writer = ExpositionWriter.of(format, out);
    MetricSink sink = new WriterSink(writer);
    if (sources.length == 1) {
      sources[0].accept(sink);
    } else {
      Families merged = new Families();
      for (Consumer<MetricSink> source : sources) {
        source.accept(merged);
      }
      merged.writeTo(sink);
    }
    writer.end();
    return out.toByteArray();
  }

  private record WriterSink(ExpositionWriter writer) implements MetricSink {

    @Override
    public void family(String name, String help, Type type) {
      writer.family(name, help, type(type), "");
    }

    @Override
    public void sample(String name, List<String> labels, double value) {
      writer.sample(name, labels, value);
    }

    private static MetricType type(Type type) {
      return switch (type) {
        case COUNTER -> MetricType.COUNTER;
        case GAUGE -> MetricType.GAUGE;
        case HISTOGRAM -> MetricType.HISTOGRAM;
        case SUMMARY -> MetricType.SUMMARY;
        case UNTYPED -> MetricType.UNKNOWN;
      };
    }
  }
}
