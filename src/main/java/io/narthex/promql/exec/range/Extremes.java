package io.narthex.promql.exec.range;

/// `min_over_time`, `max_over_time` and the times of both. NaN only if all samples are.
///
/// Windows ascend, so what they share is not looked at again: the samples that may still become an
/// extreme are kept in a queue, the best one first, and each sample enters and leaves it once.
final class Extremes extends PerWindow {

  private final boolean max;
  private final boolean time;
  private int[] queue = new int[64];
  private int head;
  private int tail;
  private int seen;

  Extremes(boolean max, boolean time) {
    this.max = max;
    this.time = time;
  }

  @Override
  void begin(Track floats) {
    head = 0;
    tail = 0;
    seen = 0;
    if (queue.length < floats.samples.size) {
      queue = new int[floats.samples.size * 2];
    }
  }

  @Override
  double value(Track floats, int from, int to, int step, Windows windows) {
    if (time) {
      return latest(floats, from, to);
    }
    double[] values = floats.samples.values;
    seen = Math.max(seen, from);
    if (max) {
      enterForMax(values, to);
    } else {
      enterForMin(values, to);
    }
    while (head < tail && queue[head] < from) {
      head++;
    }
    return head < tail ? values[queue[head]] : Double.NaN;
  }

  /// Of equal values the earlier one stays in front.
  private void enterForMax(double[] values, int to) {
    int end = tail;
    for (int i = seen; i < to; i++) {
      double v = values[i];
      while (end > head && values[queue[end - 1]] < v) {
        end--;
      }
      if (!Double.isNaN(v)) {
        queue[end++] = i;
      }
    }
    tail = end;
    seen = Math.max(seen, to);
  }

  private void enterForMin(double[] values, int to) {
    int end = tail;
    for (int i = seen; i < to; i++) {
      double v = values[i];
      while (end > head && values[queue[end - 1]] > v) {
        end--;
      }
      if (!Double.isNaN(v)) {
        queue[end++] = i;
      }
    }
    tail = end;
    seen = Math.max(seen, to);
  }

  /// Time of the last of equal extremes, in seconds.
  private double latest(Track floats, int from, int to) {
    double best = floats.value(from);
    long bestMs = floats.timeMs(from);
    for (int i = from; i < to; i++) {
      double v = floats.value(i);
      if (max ? v >= best || Double.isNaN(best) : v <= best || Double.isNaN(best)) {
        best = v;
        bestMs = floats.timeMs(i);
      }
    }
    return bestMs / 1000.0;
  }
}
