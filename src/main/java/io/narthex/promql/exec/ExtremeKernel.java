package io.narthex.promql.exec;

import java.util.Arrays;

/// `min` and `max`: NaN only if all values are.
final class ExtremeKernel implements GroupKernel {

  private final boolean max;

  ExtremeKernel(boolean max) {
    this.max = max;
  }

  @Override
  public State begin(int steps) {
    return new Extremes(steps, max);
  }

  private static final class Extremes implements State {
    private final double[] best;
    private final boolean max;

    Extremes(int steps, boolean max) {
      this.max = max;
      best = new double[steps];
      Arrays.fill(best, StepSeries.ABSENT);
    }

    @Override
    public void add(StepSeries series) {
      double[] v = series.values;
      for (int i = 0; i < v.length; i++) {
        double x = v[i];
        if (!StepSeries.isAbsent(x)) {
          double b = best[i];
          if (Double.isNaN(b) || (max ? x > b : x < b)) {
            best[i] = x;
          }
        }
      }
    }

    @Override
    public void merge(State other) {
      add(new StepSeries(io.narthex.model.labels.Labels.EMPTY, ((Extremes) other).best));
    }

    @Override
    public void finish(StepSeries out) {
      System.arraycopy(best, 0, out.values, 0, best.length);
    }
  }
}
