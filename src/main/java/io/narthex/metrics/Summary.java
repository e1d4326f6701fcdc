package io.narthex.metrics;

import io.narthex.clock.Clock;
import io.narthex.metrics.Metrics.MetricSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Observations with quantiles over the last ten minutes; sum and count are of all time. The window
/// moves in five steps of two minutes. Within a step the first {@value #KEPT} observations are kept
/// as they are; beyond that a uniform sample of them stands for all, so memory stays bounded.
public final class Summary implements Metrics.Child {

  /// Length of one step of the window, in nanoseconds.
  private static final long STEP_NS = 120_000_000_000L;

  private static final int STEPS = 5;

  /// Most observations that are kept of one step.
  private static final int KEPT = 4096;

  private final double[] quantiles;
  private final Clock clock;
  private final Step[] steps = new Step[STEPS];
  private final SplittableRandom random = new SplittableRandom(1);
  private final long originNs;
  private long newest;
  private long count;
  private double sum;

  Summary(double[] quantiles, Clock clock) {
    this.quantiles = quantiles.clone();
    this.clock = clock;
    originNs = clock.nanoTime();
    Arrays.setAll(steps, i -> new Step());
  }

  /// Counts one observation.
  public synchronized void observe(double value) {
    advance();
    steps[(int) (newest % STEPS)].add(value, random);
    count++;
    sum += value;
  }

  /// Empties the steps that have left the window since the last call.
  private void advance() {
    long now = (clock.nanoTime() - originNs) / STEP_NS;
    for (long step = Math.max(newest + 1, now - STEPS + 1); step <= now; step++) {
      steps[(int) (step % STEPS)].clear();
    }
    newest = Math.max(newest, now);
  }

  @Override
  public synchronized void write(String name, List<String> labels, MetricSink sink) {
    advance();
    Window window = new Window(steps);
    for (double q : quantiles) {
      List<String> own = new ArrayList<>(labels);
      own.add("quantile");
      own.add(MetricText.number(q));
      sink.sample(name, own, window.quantile(q));
    }
    sink.sample(name + "_sum", labels, sum);
    sink.sample(name + "_count", labels, count);
  }

  /// Observations of two minutes.
  private static final class Step {
    private double[] values = {};
    private int size;
    private long seen;

    void add(double value, SplittableRandom random) {
      seen++;
      if (size < KEPT) {
        if (size == values.length) {
          values = Arrays.copyOf(values, Math.max(8, size * 2));
        }
        values[size++] = value;
        return;
      }
      long place = random.nextLong(seen);
      if (place < KEPT) {
        values[(int) place] = value;
      }
    }

    void clear() {
      size = 0;
      seen = 0;
    }
  }

  /// The observations of all steps, ascending, each with the number of observations it stands for.
  private static final class Window {
    private final Weighted[] sorted;
    private double total;

    Window(Step[] steps) {
      List<Weighted> all = new ArrayList<>();
      for (Step step : steps) {
        double weight = step.size == 0 ? 0 : (double) step.seen / step.size;
        for (int i = 0; i < step.size; i++) {
          all.add(new Weighted(step.values[i], weight));
        }
        total += step.seen;
      }
      sorted = all.toArray(Weighted[]::new);
      Arrays.sort(sorted, (a, b) -> Double.compare(a.value, b.value));
    }

    /// The smallest observation that at least the share `q` of all does not exceed; NaN if there is
    /// none.
    double quantile(double q) {
      if (sorted.length == 0) {
        return Double.NaN;
      }
      double rank = Math.max(1, Math.ceil(q * total));
      double reached = 0;
      for (Weighted w : sorted) {
        reached += w.weight;
        // The slack absorbs rounding of weights that are no whole numbers.
        if (reached >= rank - 1e-6) {
          return w.value;
        }
      }
      return sorted[sorted.length - 1].value;
    }
  }

  private record Weighted(double value, double weight) {}
}
