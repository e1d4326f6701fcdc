package io.narthex.promql.exec;

/// `avg`: sum by count, incremental from the step on where the sum overflows. Source: prometheus
/// `promql/engine.go`.
final class AvgKernel implements GroupKernel {

  @Override
  public State begin(int steps) {
    return new Means(steps);
  }

  private static final class Means implements State {
    private final double[] sum;
    private final double[] lost;
    private final int[] count;

    /// Steps where `sum` holds the mean already.
    private final boolean[] incremental;

    Means(int steps) {
      sum = new double[steps];
      lost = new double[steps];
      count = new int[steps];
      incremental = new boolean[steps];
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
      count[i]++;
      if (count[i] == 1) {
        sum[i] = x;
        return;
      }
      if (!incremental[i]) {
        double total = sum[i] + x;
        if (!Double.isInfinite(total)) {
          lost[i] += Math.abs(sum[i]) >= Math.abs(x) ? sum[i] - total + x : x - total + sum[i];
          sum[i] = total;
          return;
        }
        incremental[i] = true;
        sum[i] /= count[i] - 1;
        lost[i] /= count[i] - 1;
      }
      double q = (count[i] - 1.0) / count[i];
      weigh(i, q, x / count[i]);
    }

    private void weigh(int i, double q, double part) {
      double scaled = q * sum[i];
      double total = scaled + part;
      lost[i] *= q;
      if (Double.isInfinite(total)) {
        lost[i] = 0;
      } else if (Math.abs(scaled) >= Math.abs(part)) {
        lost[i] += scaled - total + part;
      } else {
        lost[i] += part - total + scaled;
      }
      sum[i] = total;
    }

    @Override
    public void merge(State other) {
      Means o = (Means) other;
      for (int i = 0; i < sum.length; i++) {
        if (o.count[i] > 0) {
          merge(i, o);
        }
      }
    }

    private void merge(int i, Means o) {
      if (count[i] == 0) {
        sum[i] = o.sum[i];
        lost[i] = o.lost[i];
        count[i] = o.count[i];
        incremental[i] = o.incremental[i];
        return;
      }
      double total = sum[i] + o.sum[i];
      int n = count[i] + o.count[i];
      if (!incremental[i] && !o.incremental[i] && !Double.isInfinite(total)) {
        lost[i] +=
            o.lost[i]
                + (Math.abs(sum[i]) >= Math.abs(o.sum[i])
                    ? sum[i] - total + o.sum[i]
                    : o.sum[i] - total + sum[i]);
        sum[i] = total;
      } else {
        sum[i] = mean(i) * ((double) count[i] / n) + o.mean(i) * ((double) o.count[i] / n);
        lost[i] = 0;
        incremental[i] = true;
      }
      count[i] = n;
    }

    private double mean(int i) {
      return incremental[i] ? sum[i] + lost[i] : sum[i] / count[i] + lost[i] / count[i];
    }

    @Override
    public void finish(StepSeries out) {
      for (int i = 0; i < sum.length; i++) {
        out.values[i] = count[i] == 0 ? StepSeries.ABSENT : mean(i);
      }
    }
  }
}
