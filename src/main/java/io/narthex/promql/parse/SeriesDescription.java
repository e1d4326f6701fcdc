package io.narthex.promql.parse;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.StaleMarker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A series with its values at equal steps, in the notation of rule unit tests and test scripts:
/// `http_requests{job="a"} 0+10x5 _ stale {{schema:1 buckets:[1 2]}}`. Source: "Series" in
/// Prometheus' unit testing guide.
///
/// @param values one a step
public record SeriesDescription(Labels labels, List<SequenceValue> values) {

  /// What a series has at one step.
  ///
  /// @param omitted whether there is no sample
  /// @param value the float if it is no histogram; stale markers by their bits
  /// @param resetHintSet whether `counter_reset_hint` was written: then it is meant, else anything
  ///   is right
  public record SequenceValue(
      boolean omitted, double value, @Nullable FloatHistogram histogram, boolean resetHintSet) {

    public static final SequenceValue OMITTED = new SequenceValue(true, 0, null, false);

    public static final SequenceValue STALE = of(StaleMarker.STALE);

    public static SequenceValue of(double value) {
      return new SequenceValue(false, value, null, false);
    }
  }

  /// Reads a series with its values; there may be none.
  ///
  /// @throws ParseException if it is none
  public static SeriesDescription parse(String text) {
    QueryText bytes = QueryText.of(text);
    TokenStream tokens = new TokenStream(bytes, new SeriesLexer(bytes)::next);
    return PromqlParser.whole(
        tokens,
        () -> {
          Labels labels = new MetricParser(tokens).metric();
          List<SequenceValue> values =
              tokens.within("series values", "", new SequenceParser(tokens)::values);
          return new SeriesDescription(labels, values);
        });
  }

  /// Reads a metric alone: `name{a="b"}`.
  ///
  /// @throws ParseException if it is none
  public static Labels parseMetric(String text) {
    QueryText bytes = QueryText.of(text);
    TokenStream tokens = new TokenStream(bytes, new Lexer(bytes)::next);
    return PromqlParser.whole(tokens, new MetricParser(tokens)::metric);
  }
}
