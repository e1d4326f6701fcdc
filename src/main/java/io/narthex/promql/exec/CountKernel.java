package io.narthex.promql.exec;

/// `count` and `group`: histograms count as well as floats.
final class CountKernel implements GroupKernel {

  private final boolean group;

  CountKernel(boolean group) {
    this.group = group;
  }

  @Override
  public State begin(int steps) {
    return new Counts(steps, group);
  }

  private static final class Counts implements State {
    private final int[] count;
    private final boolean group;

    Counts(int steps, boolean group) {
      this.group = group;
      count = new int[steps];
    }

    @Override
    public void add(StepSeries series) {
      for (int i = 0; i < count.length; i++) {
        if (series.has(i)) {
          count[i]++;
        }
      }
    }

    @Override
    public void merge(State other) {
      for (int i = 0; i < count.length; i++) {
        count[i] += ((Counts) other).count[i];
      }
    }

    @Override
    public void finish(StepSeries out) {
      for (int i = 0; i < count.length; i++) {
        if (count[i] > 0) {
          out.values[i] = group ? 1 : count[i];
        }
      }
    }
  }
}
