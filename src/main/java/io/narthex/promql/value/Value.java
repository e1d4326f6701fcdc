package io.narthex.promql.value;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.SampleBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer of a query.
public sealed interface Value {

  record Scalar(long tMs, double value) implements Value {}

  record Text(long tMs, String value) implements Value {}

  /// One sample a series, in the order of the answer.
  record Vector(List<Sample> samples) implements Value {}

  /// Points of several series, sorted by labels unless the query orders them.
  record Matrix(List<Points> series) implements Value {}

  /// A sample of an instant vector: a float, or a histogram if that is not null.
  record Sample(Labels labels, long tMs, double value, @Nullable FloatHistogram histogram) {}

  /// The points of one series, ascending in time. The buffer is the reader's own.
  record Points(Labels labels, SampleBuffer points) {}
}
