package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.StaleMarker;
import io.narthex.promql.ast.Expr.At;
import io.narthex.promql.ast.Expr.MatrixSelector;
import io.narthex.promql.ast.Expr.Modifiers;
import io.narthex.promql.ast.Expr.VectorSelector;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.Series;
import io.narthex.storage.SeriesSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Reads the series of selectors and lays their samples on the step grid, split over the workers
/// where there are many.
final class SelectorOperator {

  /// Series a part holds at least: less is not worth a thread.
  private static final int PART_SERIES = 64;

  private final EvalContext context;

  SelectorOperator(EvalContext context) {
    this.context = context;
  }

  /// Times at which a selector is read for a grid: shifted by the offset, or pinned by `@`.
  record Reading(long firstMs, long stepMs, boolean pinned) {
    long at(int step) {
      return firstMs + step * stepMs;
    }
  }

  Reading reading(Modifiers modifiers, StepGrid grid) {
    long offsetMs = SpanValue.offsetMs(modifiers.offset(), context.grid);
    Long timestampMs = modifiers.timestampMs();
    if (timestampMs != null) {
      return new Reading(timestampMs - offsetMs, 0, true);
    }
    if (modifiers.at() != At.NONE) {
      long pinMs = modifiers.at() == At.START ? context.grid.startMs() : context.grid.endMs();
      return new Reading(pinMs - offsetMs, 0, true);
    }
    return new Reading(grid.startMs() - offsetMs, grid.stepMs(), false);
  }

  /// The instant vector of a selector: at each step the newest sample of the lookback, unless it is
  /// stale.
  ///
  /// @param timestamps gives the samples' times in seconds in place of their values
  void instant(VectorSelector selector, StepGrid grid, boolean timestamps, Sinks sinks) {
    Reading reading = reading(selector.modifiers(), grid);
    long minMs = reading.firstMs - context.lookbackMs + 1;
    long maxMs = reading.at(grid.count() - 1);
    SelectHints hints =
        new SelectHints(
            minMs, maxMs, grid.count() == 1 ? 0 : grid.stepMs(), 0, "", List.of(), false, 0);
    each(
        selector.matchers(),
        hints,
        sinks,
        sink -> {
          SampleBuffer buffer = new SampleBuffer();
          return series -> {
            buffer.clear();
            series.read(minMs, maxMs, buffer);
            if (buffer.size > 0) {
              sink.accept(sweep(series.labels(), buffer, reading, grid, timestamps));
            }
          };
        });
  }

  private StepSeries sweep(
      Labels labels, SampleBuffer buffer, Reading reading, StepGrid grid, boolean timestamps) {
    int steps = grid.count();
    double[] values = new double[steps];
    StepSeries out = new StepSeries(labels, values);
    long[] t = buffer.timesMs;
    double[] v = buffer.values;
    int size = buffer.size;
    int at = -1;
    long points = 0;
    for (int i = 0; i < steps; i++) {
      long refMs = reading.at(i);
      while (at + 1 < size && t[at + 1] <= refMs) {
        at++;
      }
      values[i] = StepSeries.ABSENT;
      if (at < 0 || t[at] <= refMs - context.lookbackMs) {
        continue;
      }
      FloatHistogram histogram = buffer.histogram(at);
      if (histogram == null ? StaleMarker.isStale(v[at]) : histogram.isStale()) {
        continue;
      }
      points++;
      if (timestamps) {
        values[i] = t[at] / 1000.0;
      } else if (histogram == null) {
        values[i] = v[at];
      } else {
        out.set(i, histogram);
      }
    }
    context.read(points);
    return out;
  }

  /// Applies a function to the windows of a range selector.
  void range(
      MatrixSelector matrix,
      StepGrid grid,
      Supplier<RangeKernel> kernels,
      RangeLabels labels,
      Sinks sinks) {
    VectorSelector selector = matrix.selector();
    long rangeMs = SpanValue.rangeMs(matrix.range(), context.grid);
    Reading reading = reading(selector.modifiers(), grid);
    boolean smoothed = selector.modifiers().smoothed();
    boolean extended = smoothed || selector.modifiers().anchored();
    long minMs = reading.firstMs - rangeMs - (extended ? context.lookbackMs : 0) + 1;
    long maxMs = reading.at(grid.count() - 1) + (smoothed ? context.lookbackMs : 0);
    SelectHints hints =
        new SelectHints(
            minMs, maxMs, grid.count() == 1 ? 0 : grid.stepMs(), rangeMs, "", List.of(), false, 0);
    each(
        selector.matchers(),
        hints,
        sinks,
        sink -> {
          SampleBuffer buffer = new SampleBuffer();
          RangeSeries window = new RangeSeries();
          RangeKernel kernel = kernels.get();
          return series -> {
            buffer.clear();
            series.read(minMs, maxMs, buffer);
            if (buffer.size == 0) {
              return;
            }
            context.holdBriefly(buffer.size);
            window.load(buffer);
            StepSeries out = StepSeries.empty(series.labels(), grid.count());
            windows(window, kernel, series.labels(), reading, rangeMs, grid, out);
            sink.accept(labels.apply(out));
          };
        });
  }

  /// Slides a window over a loaded series.
  void windows(
      RangeSeries window,
      RangeKernel kernel,
      Labels labels,
      Reading reading,
      long rangeMs,
      StepGrid grid,
      StepSeries out) {
    window.metric = labels.metricName();
    kernel.begin(window);
    long points = 0;
    for (int i = 0; i < grid.count(); i++) {
      long refMs = reading.at(i);
      window.slide(refMs - rangeMs, refMs);
      if (!window.isEmpty()) {
        window.step = i;
        window.stepMs = grid.timeMs(i);
        points += window.count() + window.histogramCount();
        kernel.eval(window, i, out);
      }
    }
    context.read(points);
  }

  /// What a function does to labels; made once a query.
  interface RangeLabels {
    StepSeries apply(StepSeries out);
  }

  /// Whether all series of a selector have the same metric name, so that they stay distinct without
  /// it.
  static boolean oneName(VectorSelector selector) {
    return selector.matchers().stream()
        .anyMatch(m ->
            m.name().equals(Labels.NAME) && m.type() == MatchType.EQUAL && !m.value().isEmpty());
  }

  private interface SeriesWork {
    void on(Series series);
  }

  private interface PartWork {
    SeriesWork begin(Sinks.Sink sink);
  }

  private void each(List<Matcher> matchers, SelectHints hints, Sinks sinks, PartWork work) {
    try (Querier querier = context.storage.querier(hints.startMs(), hints.endMs())) {
      SeriesSet set = querier.select(true, hints, matchers);
      List<Series> all = new ArrayList<>();
      while (set.next()) {
        all.add(set.at());
      }
      set.warnings().forEach(context.notes::storageWarning);
      int parts = Math.max(1, Math.min(context.parallelism * 4, all.size() / PART_SERIES));
      sinks.begin(parts);
      Parts.run(context, parts, p -> part(all, p, parts, sinks, work));
    }
  }

  private void part(List<Series> all, int part, int parts, Sinks sinks, PartWork work) {
    SeriesWork on = work.begin(sinks.part(part));
    int from = (int) ((long) all.size() * part / parts);
    int to = (int) ((long) all.size() * (part + 1) / parts);
    for (int i = from; i < to; i++) {
      if ((i & 15) == 0) {
        context.checkpoint();
      }
      on.on(all.get(i));
    }
  }
}
