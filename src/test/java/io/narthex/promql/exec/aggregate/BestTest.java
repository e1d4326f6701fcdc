package io.narthex.promql.exec.aggregate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BestTest {

  private static final double NAN = Double.NaN;

  private static Best best(boolean top, boolean replayed, int k, int from, double... values) {
    Best best = new Best(top, replayed);
    for (int i = 0; i < values.length; i++) {
      best.offer(values[i], from + i, k);
    }
    return best;
  }

  private static int[] series(Best best) {
    best.sort();
    return IntStream.range(0, best.size()).map(best::series).toArray();
  }

  @Test
  void tiesAreBrokenByTheMovesOfTheHeap() {
    assertArrayEquals(new int[] {4, 3, 2}, series(best(true, false, 3, 0, 1, 1, 1, 2, 3)));
    assertArrayEquals(new int[] {4, 3, 2}, series(best(false, false, 3, 0, 3, 3, 3, 2, 1)));
    assertArrayEquals(new int[] {0, 1}, series(best(true, false, 2, 0, 7, 7, 7)));
  }

  @Test
  void nanIsWorstOnBothSides() {
    assertArrayEquals(new int[] {1, 3}, series(best(true, false, 2, 0, NAN, 5, NAN, -1)));
    assertArrayEquals(new int[] {3, 1}, series(best(false, false, 2, 0, NAN, 5, NAN, -1)));
    assertArrayEquals(new int[] {1, 0}, series(best(true, false, 2, 0, NAN, 5)));
  }

  @Test
  void severalHeapsMergeToWhatOneWouldHold() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      int k = 1 + random.nextInt(6);
      double[] values = random.ints(40, 0, 5).mapToDouble(v -> v == 4 ? NAN : v).toArray();
      int cut = random.nextInt(values.length);
      boolean top = random.nextBoolean();
      Best whole = best(top, false, k, 0, values);
      Best first = best(top, false, k, 0, java.util.Arrays.copyOf(values, cut));
      double[] rest = java.util.Arrays.copyOfRange(values, cut, values.length);
      first.merge(best(top, true, k, cut, rest), k);
      assertArrayEquals(series(whole), series(first), "round " + round);
    }
  }
}
