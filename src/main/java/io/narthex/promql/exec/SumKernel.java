package io.narthex.promql.exec;

import java.util.Arrays;

/// `sum`: compensated, a step without a sample stays absent.
final class SumKernel implements GroupKernel {

  @Override
  public State begin(int steps) {
    return new Sums(steps);
  }

  private static final class Sums implements State {
    private final double[] sum;
    private final double[] lost;

    Sums(int steps) {
      sum = new double[steps];
      lost = new double[steps];
      Arrays.fill(sum, StepSeries.ABSENT);
    }

    @Override
    public void add(StepSeries series) {
      double[] v = series.values;
      for (int i = 0; i < v.length; i++) {
        if (!StepSeries.isAbsent(v[i])) {
          add(i, v[i]);
        }
      }
    }

    private void add(int i, double x) {
      double s = sum[i];
      if (StepSeries.isAbsent(s)) {
        sum[i] = x;
        return;
      }
      double total = s + x;
      if (Double.isInfinite(total)) {
        lost[i] = 0;
      } else if (Math.abs(s) >= Math.abs(x)) {
        lost[i] += s - total + x;
      } else {
        lost[i] += x - total + s;
      }
      sum[i] = total;
    }

    @Override
    public void merge(State other) {
      Sums o = (Sums) other;
      for (int i = 0; i < sum.length; i++) {
        if (!StepSeries.isAbsent(o.sum[i])) {
          add(i, o.sum[i]);
          lost[i] += o.lost[i];
        }
      }
    }

    @Override
    public void finish(StepSeries out) {
      for (int i = 0; i < sum.length; i++) {
        out.values[i] = StepSeries.isAbsent(sum[i]) ? StepSeries.ABSENT : sum[i] + lost[i];
      }
    }
  }
}
