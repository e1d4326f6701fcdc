package io.narthex.api.json;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.value.Value;
import io.narthex.storage.SampleBuffer;
import java.util.List;

/// Answers of queries in the API's JSON. Source: features 6.07, 6.08.
public final class ValueJson {

  private ValueJson() {}

  /// `{"resultType":...,"result":...}` without the closing brace, so that `stats` can follow.
  public static void write(Value value, JsonOut out) {
    out.beginObject();
    switch (value) {
      case Value.Scalar s -> {
        out.field("resultType", "scalar").key("result").beginArray().seconds(s.tMs());
        out.value(NumberText.plain(s.value())).endArray();
      }
      case Value.Text t -> {
        out.field("resultType", "string").key("result").beginArray().seconds(t.tMs());
        out.value(t.value()).endArray();
      }
      case Value.Vector v -> {
        out.field("resultType", "vector").key("result").beginArray();
        v.samples().forEach(s -> sample(s, out));
        out.endArray();
      }
      case Value.Matrix m -> {
        out.field("resultType", "matrix").key("result").beginArray();
        StepTexts steps = steps(m.series());
        m.series().forEach(p -> points(p, steps, out));
        out.endArray();
      }
    }
  }

  private static void sample(Value.Sample sample, JsonOut out) {
    out.beginObject().key("metric");
    labels(sample.labels(), out);
    FloatHistogram histogram = sample.histogram();
    if (histogram == null) {
      out.key("value").point(sample.tMs(), sample.value());
    } else {
      out.key("histogram");
      histogramPoint(sample.tMs(), histogram, out);
    }
    out.endObject();
  }

  /// The times of the series that has most of them.
  private static StepTexts steps(List<Value.Points> all) {
    SampleBuffer most = new SampleBuffer(0);
    for (Value.Points series : all) {
      most = series.points().size > most.size ? series.points() : most;
    }
    return new StepTexts(most);
  }

  private static void points(Value.Points series, StepTexts steps, JsonOut out) {
    out.beginObject().key("metric");
    labels(series.labels(), out);
    SampleBuffer points = series.points();
    boolean floats = false;
    boolean histograms = false;
    for (int i = 0; i < points.size; i++) {
      if (points.histogram(i) == null) {
        floats = true;
      } else {
        histograms = true;
      }
    }
    if (floats) {
      out.key("values").beginArray();
      steps.rewind();
      for (int i = 0; i < points.size; i++) {
        if (points.histogram(i) == null) {
          out.point(steps, points.timesMs[i], points.values[i]);
        }
      }
      out.endArray();
    }
    if (histograms) {
      out.key("histograms").beginArray();
      for (int i = 0; i < points.size; i++) {
        FloatHistogram histogram = points.histogram(i);
        if (histogram != null) {
          histogramPoint(points.timesMs[i], histogram, out);
        }
      }
      out.endArray();
    }
    out.endObject();
  }

  private static void histogramPoint(long tMs, FloatHistogram histogram, JsonOut out) {
    out.beginArray().timestamp(tMs);
    HistogramJson.write(histogram, out);
    out.endArray();
  }

  /// Labels as an object, in their order.
  public static void labels(Labels labels, JsonOut out) {
    out.beginObject();
    for (int i = 0; i < labels.size(); i++) {
      out.field(labels.name(i), labels.value(i));
    }
    out.endObject();
  }
}
