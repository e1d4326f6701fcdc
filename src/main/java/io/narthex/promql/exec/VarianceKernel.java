package io.narthex.promql.exec;

/// `stdvar` and `stddev` of a population. Source: Welford; parts are joined by Chan's formula.
final class VarianceKernel implements GroupKernel {

  private final boolean root;

  VarianceKernel(boolean root) {
    this.root = root;
  }

  @Override
  public State begin(int steps) {
    return new Variances(steps, root);
  }

  private static final class Variances implements State {
    private final double[] mean;
    private final double[] squares;
    private final int[] count;
    private final boolean root;

    Variances(int steps, boolean root) {
      this.root = root;
      mean = new double[steps];
      squares = new double[steps];
      count = new int[steps];
    }

    @Override
    public void add(StepSeries series) {
      double[] v = series.values;
      for (int i = 0; i < v.length; i++) {
        double x = v[i];
        if (!StepSeries.isAbsent(x)) {
          count[i]++;
          double delta = x - mean[i];
          mean[i] += delta / count[i];
          squares[i] += delta * (x - mean[i]);
        }
      }
    }

    @Override
    public void merge(State other) {
      Variances o = (Variances) other;
      for (int i = 0; i < mean.length; i++) {
        if (o.count[i] > 0) {
          int n = count[i] + o.count[i];
          double delta = o.mean[i] - mean[i];
          mean[i] += delta * o.count[i] / n;
          squares[i] += o.squares[i] + delta * delta * count[i] * o.count[i] / n;
          count[i] = n;
        }
      }
    }

    @Override
    public void finish(StepSeries out) {
      for (int i = 0; i < mean.length; i++) {
        if (count[i] > 0) {
          double variance = squares[i] / count[i];
          out.values[i] = root ? Math.sqrt(variance) : variance;
        }
      }
    }
  }
}
