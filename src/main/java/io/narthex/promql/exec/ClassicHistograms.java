package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Expr.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `histogram_quantile`, `histogram_quantiles` and `histogram_fraction`: gathers the `le` series of
/// each classic histogram; native ones are handed to {@link NativeHistograms}.
final class ClassicHistograms {

  private final Evaluator evaluator;
  private final Call call;
  private final StepGrid grid;

  private ClassicHistograms(Evaluator evaluator, Call call, StepGrid grid) {
    this.evaluator = evaluator;
    this.call = call;
    this.grid = grid;
  }

  /// Buckets of one histogram, by rising bound; `series[i]` belongs to `bounds[i]`.
  private record Classic(
      Labels labels, boolean dropName, String metric, double[] bounds, List<StepSeries> series) {}

  static void eval(Evaluator evaluator, Call call, StepGrid grid, Sinks sinks) {
    new ClassicHistograms(evaluator, call, grid).eval(sinks);
  }

  private void eval(Sinks sinks) {
    String name = call.function().name();
    boolean several = name.equals("histogram_quantiles");
    boolean fraction = name.equals("histogram_fraction");
    int vectorAt = several ? 0 : fraction ? 2 : 1;
    Expr vector = call.args().get(vectorAt);
    List<StepSeries> all = evaluator.vector(vector, grid);
    if (all.stream().anyMatch(s -> s.histograms != null)) {
      throw EvalContext.notImplemented(name + " of native histograms");
    }
    sinks.begin(1);
    Sinks.Sink sink = new Unique(sinks, true).part(0);
    List<Classic> histograms = gather(all, vector);
    if (fraction) {
      double[] lower = evaluator.scalar(call.args().get(0), grid);
      double[] upper = evaluator.scalar(call.args().get(1), grid);
      histograms.forEach(h -> fraction(h, lower, upper, sink));
    } else if (several) {
      String label = Evaluator.text(call.args().get(1));
      for (Expr q : call.args().subList(2, call.args().size())) {
        double[] phi = evaluator.scalar(q, grid);
        warnUnlessQuantile(phi, q);
        histograms.forEach(h -> quantile(labelled(h, label, phi[0]), phi, vector, sink));
      }
    } else {
      double[] phi = evaluator.scalar(call.args().get(0), grid);
      warnUnlessQuantile(phi, call.args().get(0));
      histograms.forEach(h -> quantile(h, phi, vector, sink));
    }
  }

  private static Classic labelled(Classic h, String label, double phi) {
    Labels labels = new LabelsBuilder(h.labels).set(label, GoNumber.plain(phi)).build();
    return new Classic(labels, h.dropName, h.metric, h.bounds, h.series);
  }

  private void warnUnlessQuantile(double[] phi, Expr at) {
    for (double q : phi) {
      if (Double.isNaN(q) || q < 0 || q > 1) {
        evaluator.context.notes.warn(
            "quantile value should be between 0 and 1, got " + GoNumber.shortest(q), at.pos());
      }
    }
  }

  private List<Classic> gather(List<StepSeries> all, Expr vector) {
    Map<Labels, List<StepSeries>> groups = new LinkedHashMap<>();
    for (StepSeries series : all) {
      String le = series.labels.get(Labels.BUCKET);
      if (Double.isNaN(bound(le))) {
        evaluator.context.notes.warnFor(
            "bucket label \"le\" is missing or has a malformed value of "
                + io.narthex.model.labels.GoQuote.quote(le),
            series.labels.metricName(),
            vector.pos());
        continue;
      }
      groups
          .computeIfAbsent(series.labels.without(Labels.BUCKET), k -> new ArrayList<>())
          .add(series);
    }
    List<Classic> histograms = new ArrayList<>();
    groups.forEach((labels, series) -> histograms.add(classic(labels, series)));
    return histograms;
  }

  private Classic classic(Labels labels, List<StepSeries> series) {
    series.sort((a, b) ->
        Double.compare(bound(a.labels.get(Labels.BUCKET)), bound(b.labels.get(Labels.BUCKET))));
    double[] bounds =
        series.stream().mapToDouble(s -> bound(s.labels.get(Labels.BUCKET))).toArray();
    boolean delayed = evaluator.context.features.delayedNameRemoval();
    Labels own = delayed ? labels : labels.without(Labels.NAME);
    return new Classic(own, delayed, labels.metricName(), bounds, series);
  }

  /// The upper bound, or NaN if the text is none.
  private static double bound(String le) {
    switch (le) {
      case "+Inf", "Inf", "inf", "+inf" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-Inf", "-inf" -> {
        return Double.NEGATIVE_INFINITY;
      }
      default -> {
        try {
          return Double.parseDouble(le);
        } catch (NumberFormatException e) {
          return Double.NaN;
        }
      }
    }
  }

  /// Counts and bounds of the buckets that a step has; equal bounds are one bucket.
  private static final class Step {
    final double[] bounds;
    final double[] counts;
    int n;
    boolean forced;

    Step(int most) {
      bounds = new double[most];
      counts = new double[most];
    }

    /// Whether there is anything at `step`.
    boolean load(Classic h, int step) {
      n = 0;
      for (int i = 0; i < h.bounds.length; i++) {
        if (h.series.get(i).hasFloat(step)) {
          if (n > 0 && bounds[n - 1] == h.bounds[i]) {
            counts[n - 1] += h.series.get(i).values[step];
          } else {
            bounds[n] = h.bounds[i];
            counts[n++] = h.series.get(i).values[step];
          }
        }
      }
      return n > 0;
    }

    boolean complete() {
      return n >= 2 && bounds[n - 1] == Double.POSITIVE_INFINITY;
    }

    /// Counts of cumulative buckets only rise; tiny drops are rounding, larger ones are forced up.
    void makeMonotonic() {
      forced = false;
      double before = counts[0];
      for (int i = 1; i < n; i++) {
        double now = counts[i];
        if (now == before) {
          continue;
        }
        if (almostEqual(before, now)) {
          counts[i] = before;
          continue;
        }
        if (now < before) {
          counts[i] = before;
          forced = true;
          continue;
        }
        before = now;
      }
    }

    private static boolean almostEqual(double a, double b) {
      double difference = Math.abs(a - b);
      double size = Math.abs(a) + Math.abs(b);
      if (a == 0 || b == 0 || size < Double.MIN_NORMAL) {
        return difference < 1e-12 * Double.MIN_NORMAL;
      }
      return difference / Math.min(size, Double.MAX_VALUE) < 1e-12;
    }
  }

  private void quantile(Classic h, double[] phi, Expr vector, Sinks.Sink sink) {
    StepSeries out = StepSeries.empty(h.labels, grid.count());
    out.dropName = h.dropName;
    Step step = new Step(h.bounds.length);
    for (int i = 0; i < grid.count(); i++) {
      if (step.load(h, i)) {
        out.values[i] = quantile(phi[i], step);
        if (step.forced) {
          step.forced = false;
          evaluator.context.notes.infoFor(
              "input to histogram_quantile needed to be fixed for monotonicity (see"
                  + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)",
              h.metric,
              vector.pos());
        }
      }
    }
    if (!out.isEmpty()) {
      sink.accept(out);
    }
  }

  /// Source: prometheus `promql/quantile.go` `BucketQuantile`.
  private static double quantile(double q, Step s) {
    if (Double.isNaN(q)) {
      return Quantiles.NAN;
    }
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (!s.complete()) {
      return Quantiles.NAN;
    }
    s.makeMonotonic();
    double observations = s.counts[s.n - 1];
    if (observations == 0) {
      return Quantiles.NAN;
    }
    double rank = q * observations;
    int b = 0;
    while (b < s.n - 1 && !(s.counts[b] >= rank)) {
      b++;
    }
    if (b == s.n - 1) {
      return s.bounds[s.n - 2];
    }
    if (b == 0 && s.bounds[0] <= 0) {
      return s.bounds[0];
    }
    double start = 0;
    double end = s.bounds[b];
    double count = s.counts[b];
    if (b > 0) {
      start = s.bounds[b - 1];
      count -= s.counts[b - 1];
      rank -= s.counts[b - 1];
    }
    return start + (end - start) * (rank / count);
  }

  private void fraction(Classic h, double[] lower, double[] upper, Sinks.Sink sink) {
    StepSeries out = StepSeries.empty(h.labels, grid.count());
    out.dropName = h.dropName;
    Step step = new Step(h.bounds.length);
    for (int i = 0; i < grid.count(); i++) {
      if (step.load(h, i)) {
        out.values[i] = fraction(lower[i], upper[i], step);
      }
    }
    if (!out.isEmpty()) {
      sink.accept(out);
    }
  }

  /// Source: prometheus `promql/quantile.go` `BucketFraction`.
  private static double fraction(double lower, double upper, Step s) {
    if (!s.complete()) {
      return Quantiles.NAN;
    }
    s.makeMonotonic();
    double count = s.counts[s.n - 1];
    if (count == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Quantiles.NAN;
    }
    if (lower >= upper) {
      return 0;
    }
    return (rank(upper, s) - rank(lower, s)) / count;
  }

  /// Observations below `bound`, interpolated within its bucket.
  private static double rank(double bound, Step s) {
    double below = 0;
    for (int i = 0; i < s.n; i++) {
      double low = i > 0 ? s.bounds[i - 1] : s.bounds[0] > 0 ? 0 : Double.NEGATIVE_INFINITY;
      double high = s.bounds[i];
      double inBucket = s.counts[i] - (i > 0 ? s.counts[i - 1] : 0);
      if (bound <= low) {
        return below;
      }
      if (bound < high) {
        if (Double.isInfinite(low)) {
          return below + inBucket;
        }
        return Double.isInfinite(high) ? below : below + inBucket * (bound - low) / (high - low);
      }
      below += inBucket;
    }
    return below;
  }
}
