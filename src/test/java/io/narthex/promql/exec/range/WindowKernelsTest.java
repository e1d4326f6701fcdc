package io.narthex.promql.exec.range;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.promql.ast.Expr;
import io.narthex.promql.exec.series.Annotations;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Steps;
import io.narthex.storage.SampleBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What kernels carry over from window to window must not change any window's value.
final class WindowKernelsTest {

  private static final long RANGE_MS = 60_000;

  private final Random random = new Random(11);

  private SampleBuffer samples(int round) {
    SampleBuffer samples = new SampleBuffer();
    long tMs = 1_000;
    double value = random.nextInt(50);
    for (int i = random.nextInt(200); i > 0; i--) {
      samples.add(tMs, random.nextInt(12) == 0 ? Double.NaN : value);
      tMs += round % 2 == 0 ? 5_000 : 1 + random.nextInt(random.nextInt(9) == 0 ? 200_000 : 9_000);
      value = random.nextInt(20) == 0 ? random.nextInt(5) : value + random.nextInt(4);
    }
    return samples;
  }

  private static Windows.Shape shape(long stepMs) {
    Steps steps = new Steps(0, stepMs, 100);
    long[] ends = new long[steps.count()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = steps.timeMs(i);
    }
    Expr.Pos pos = new Expr.Pos(0, 0);
    return new Windows.Shape(steps, ends, RANGE_MS, 0, 0, false, false, false, pos);
  }

  private interface Expected {
    double of(SampleBuffer samples, int from, int to, long endMs);
  }

  private void check(RangeKernel kernel, Expected expected) {
    for (int round = 0; round < 300; round++) {
      SampleBuffer samples = samples(round);
      Windows.Shape shape = shape(round % 3 == 0 ? 10_000 : 1 + random.nextInt(40_000));
      Windows windows = new Windows(shape);
      windows.turnTo(samples, "m", new Annotations());
      Column out = new Column(shape.steps().count());
      kernel.fill(windows, out);
      for (int i = 0; i < out.size; i++) {
        int from = firstBehind(samples, shape.start(i));
        int to = firstBehind(samples, shape.end(i));
        double wanted = expected.of(samples, from, to, shape.end(i));
        assertEquals(wanted, out.values[i], "round " + round + " step " + i);
      }
    }
  }

  private static int firstBehind(SampleBuffer samples, long tMs) {
    int i = 0;
    while (i < samples.size && samples.timesMs[i] <= tMs) {
      i++;
    }
    return i;
  }

  @Test
  void greatest() {
    check(new Extremes(true, false), (s, from, to, endMs) -> extreme(s, from, to, 1));
  }

  @Test
  void least() {
    check(new Extremes(false, false), (s, from, to, endMs) -> extreme(s, from, to, -1));
  }

  private static double extreme(SampleBuffer s, int from, int to, int sign) {
    double best = from == to ? Column.ABSENT : Double.NaN;
    for (int i = from; i < to; i++) {
      if (Double.isNaN(best) || s.values[i] * sign > best * sign) {
        best = s.values[i];
      }
    }
    return best;
  }

  @Test
  void delta() {
    check(new Rate(false, false), (s, from, to, endMs) -> change(s, from, to, endMs, false));
  }

  @Test
  void rate() {
    check(new Rate(true, true), (s, from, to, endMs) -> change(s, from, to, endMs, true));
  }

  private static double change(SampleBuffer s, int from, int to, long endMs, boolean counter) {
    if (to - from < 2) {
      return Column.ABSENT;
    }
    double first = s.values[from];
    double change = s.values[to - 1] - first;
    for (int i = from + 1; counter && i < to; i++) {
      change += s.values[i] < s.values[i - 1] ? s.values[i - 1] : 0;
    }
    double sampled = (s.timesMs[to - 1] - s.timesMs[from]) / 1000.0;
    double toStart = (s.timesMs[from] - (endMs - RANGE_MS)) / 1000.0;
    double toEnd = (endMs - s.timesMs[to - 1]) / 1000.0;
    double meanGap = sampled / (to - from - 1);
    toStart = toStart >= meanGap * 1.1 ? meanGap / 2 : toStart;
    if (counter && change > 0 && first >= 0) {
      toStart = Math.min(toStart, sampled * (first / change));
    }
    toEnd = toEnd >= meanGap * 1.1 ? meanGap / 2 : toEnd;
    double factor = (sampled + toStart + toEnd) / sampled;
    return change * (counter ? factor / (RANGE_MS / 1000.0) : factor);
  }
}
