package io.narthex.promql.promqltest;

import io.narthex.clock.Clock;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.StaleMarker;
import io.narthex.promql.EngineOptions;
import io.narthex.promql.PromqlEngine;
import io.narthex.promql.QueryException;
import io.narthex.promql.QueryParams;
import io.narthex.promql.ast.Features;
import io.narthex.promql.parse.ParseException;
import io.narthex.promql.parse.SeriesDescription;
import io.narthex.promql.parse.SeriesDescription.SequenceValue;
import io.narthex.promql.value.QueryResult;
import io.narthex.promql.value.Value;
import io.narthex.storage.SampleBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Runs scripts of promqltest against the engine, with the reference's options: 5 m lookback, 1 m
/// default subquery step, all features of the language on, type labels without a meaning.
///
/// An instant eval is asked in up to six ways, as the reference's runner does: as it is, and with
/// `@` its time at every selector, at several other times; each of them also as the middle step of
/// a range.
final class ScriptRunner implements AutoCloseable {

  static final Features FEATURES = new Features(true, true, true, true, true, false);

  private static final double RELATIVE = 1e-6;
  private static final long MINUTE_MS = 60_000;
  private static final Pattern CONTEXT = Pattern.compile("(start|end|range|step)\\(\\)");

  private final PromqlEngine engine;
  private final ScriptStorage storage;

  /// @param work an empty folder for the storage
  ScriptRunner(Path work) {
    storage = new ScriptStorage(work);
    engine =
        new PromqlEngine(
            new EngineOptions(50_000_000, 100_000, 20, 300_000, 60_000, FEATURES),
            Clock.system(),
            new Metrics());
  }

  @Override
  public void close() {
    engine.close();
    storage.close();
  }

  /// One eval that did not give what the script says.
  record Failure(int line, String query, String reason) {}

  int evals;
  final List<Failure> failures = new ArrayList<>();

  void run(List<String> source) {
    for (Script.Command command : Script.parse(source)) {
      switch (command) {
        case Script.Clear _ -> storage.clear();
        case Script.Load load -> storage.load(load.lines(), load.stepMs(), load.withNhcb());
        case Script.Eval eval -> {
          evals++;
          String reason = reason(eval);
          if (!reason.isEmpty()) {
            failures.add(new Failure(eval.line(), eval.query(), reason));
          }
        }
      }
    }
  }

  /// The empty string, or why the eval failed.
  private String reason(Script.Eval eval) {
    if (!eval.instant()) {
      return asked(eval, eval.query(), eval.startMs());
    }
    String reason = asked(eval, eval.query(), eval.startMs());
    for (PinnedQuery pinned : PinnedQuery.of(eval.query(), eval.startMs())) {
      if (reason.isEmpty()) {
        String other = asked(eval, pinned.text(), pinned.atMs());
        reason = other.isEmpty() ? "" : pinned + ": " + other;
      }
    }
    return reason;
  }

  /// Asks `query`, at `atMs` if it is an instant query.
  private String asked(Script.Eval eval, String query, long atMs) {
    Expectations expected = new Expectations(eval);
    QueryResult result;
    try {
      result =
          eval.instant()
              ? engine.instant(storage, query, atMs, QueryParams.DEFAULT)
              : engine.range(
                  storage, query, eval.startMs(), eval.endMs(), eval.stepMs(), QueryParams.DEFAULT);
    } catch (QueryException e) {
      return expected.failure(String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      return "BUG: " + e + " at " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "?");
    }
    String notes = expected.notes(result);
    String values = notes.isEmpty() ? compare(eval, expected, result.value()) : notes;
    boolean comparable =
        eval.instant()
            && (result.value() instanceof Value.Vector || result.value() instanceof Value.Scalar);
    return values.isEmpty() && comparable ? asRange(eval, expected, query, atMs) : values;
  }

  private String compare(Script.Eval eval, Expectations expected, Value value) {
    return switch (value) {
      case Value.Scalar scalar -> {
        double wanted = eval.results().isEmpty() ? Double.NaN : number(eval.results().getFirst());
        yield close(wanted, scalar.value())
            ? ""
            : "expected " + wanted + " found " + scalar.value();
      }
      case Value.Text text ->
          expected.string() != null && expected.string().equals(text.value())
              ? ""
              : "found string " + text.value();
      case Value.Vector vector -> vector(eval, expected, vector);
      case Value.Matrix matrix -> matrix(eval, expected, matrix);
    };
  }

  private static double number(String text) {
    return SeriesDescription.parse("{} " + text).values().getFirst().value();
  }

  private static String vector(Script.Eval eval, Expectations expected, Value.Vector vector) {
    List<SeriesDescription> wanted = eval.results().stream().map(ScriptRunner::described).toList();
    if (wanted.size() != vector.samples().size()) {
      return "expected " + wanted.size() + " samples, found " + vector.samples();
    }
    Map<Labels, Value.Sample> found = new LinkedHashMap<>();
    vector.samples().forEach(s -> found.put(s.labels(), s));
    for (int i = 0; i < wanted.size(); i++) {
      SeriesDescription line = wanted.get(i);
      Value.Sample sample = expected.ordered() ? vector.samples().get(i) : found.get(line.labels());
      if (sample == null || !sample.labels().equals(line.labels())) {
        return "no sample for "
            + line.labels()
            + (expected.ordered() ? " at place " + i : "")
            + ", found "
            + vector.samples();
      }
      if (!same(line.values().getFirst(), sample.value(), sample.histogram())) {
        return line.labels() + ": expected " + text(line.values().getFirst()) + ", found " + sample;
      }
    }
    return "";
  }

  /// A line of expected results; a bare number stands for a sample without labels.
  private static SeriesDescription described(String line) {
    try {
      return SeriesDescription.parse(line);
    } catch (ParseException e) {
      return SeriesDescription.parse("{} " + line);
    }
  }

  private static boolean same(SequenceValue wanted, double value, FloatHistogram histogram) {
    if (wanted.histogram() != null) {
      return histogram != null
          && Histograms.same(wanted.histogram(), histogram, wanted.resetHintSet());
    }
    return histogram == null && close(wanted.value(), value);
  }

  private static String text(SequenceValue value) {
    return value.histogram() == null ? String.valueOf(value.value()) : "histogram";
  }

  private static String matrix(Script.Eval eval, Expectations expected, Value.Matrix matrix) {
    long[] grid = expected.grid();
    Map<Labels, SampleBuffer> found = new LinkedHashMap<>();
    matrix.series().forEach(s -> found.put(s.labels(), s.points()));
    int wantedSeries = 0;
    for (String text : eval.results()) {
      SeriesDescription line = described(text);
      wantedSeries++;
      SampleBuffer points = found.get(line.labels());
      if (points == null) {
        return "no series " + line.labels() + ", found " + found.keySet();
      }
      String difference = points(line, points, grid);
      if (!difference.isEmpty()) {
        return line.labels() + ": " + difference;
      }
    }
    return wantedSeries == found.size()
        ? ""
        : "expected " + wantedSeries + " series, found " + found.keySet();
  }

  private static String points(SeriesDescription line, SampleBuffer points, long[] grid) {
    int at = 0;
    for (int i = 0; i < line.values().size(); i++) {
      SequenceValue wanted = line.values().get(i);
      if (wanted.omitted()) {
        continue;
      }
      long tMs = grid[0] + i * grid[1];
      if (at >= points.size || points.timesMs[at] != tMs) {
        return "no point at "
            + tMs
            + " ms, found "
            + (at < points.size ? points.timesMs[at] : "end");
      }
      if (!same(wanted, points.values[at], points.histogram(at))) {
        return "at "
            + tMs
            + " ms expected "
            + text(wanted)
            + ", found "
            + points.values[at]
            + " "
            + points.histogram(at);
      }
      at++;
    }
    return at == points.size
        ? ""
        : "more points than expected: " + points.size + " from " + points.timesMs[at] + " ms";
  }

  /// An instant query asked as a range around its time must say the same there. Queries that ask
  /// for the query's own bounds would say something else.
  private String asRange(Script.Eval eval, Expectations expected, String query, long atMs) {
    if (CONTEXT.matcher(query).find()) {
      return "";
    }
    QueryResult result;
    try {
      result =
          engine.range(
              storage, query, atMs - MINUTE_MS, atMs + MINUTE_MS, MINUTE_MS, QueryParams.DEFAULT);
    } catch (QueryException e) {
      return "as a range: " + e.getMessage();
    }
    if (expected.ordered()) {
      return "";
    }
    List<Value.Sample> middle = new ArrayList<>();
    for (Value.Points series : ((Value.Matrix) result.value()).series()) {
      SampleBuffer points = series.points();
      for (int i = 0; i < points.size; i++) {
        if (points.timesMs[i] == atMs) {
          FloatHistogram histogram = points.histogram(i);
          middle.add(new Value.Sample(series.labels(), atMs, points.values[i], histogram));
        }
      }
    }
    boolean scalar =
        middle.size() == 1
            && middle.getFirst().labels().isEmpty()
            && !eval.results().isEmpty()
            && isNumber(eval.results().getFirst());
    String difference =
        compare(
            eval,
            expected,
            scalar ? new Value.Scalar(atMs, middle.getFirst().value()) : new Value.Vector(middle));
    return difference.isEmpty() ? "" : "as a range: " + difference;
  }

  private static boolean isNumber(String line) {
    try {
      SeriesDescription.parse(line);
      return false;
    } catch (ParseException e) {
      return true;
    }
  }

  static boolean close(double a, double b) {
    if (a == b || Double.isNaN(a) && Double.isNaN(b)) {
      return StaleMarker.isStale(a) == StaleMarker.isStale(b);
    }
    return Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b));
  }
}
