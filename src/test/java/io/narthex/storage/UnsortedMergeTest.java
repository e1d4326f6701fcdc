package io.narthex.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.model.labels.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class UnsortedMergeTest {

  private static Labels labels(int number) {
    return Labels.of("n", Integer.toString(number));
  }

  /// Whatever sets have in common and in whatever order they come: each series stands where it was
  /// first seen and has the samples of all its sets in their order.
  @Test
  void joinsAsAMapWould() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      int sets = 1 + random.nextInt(5);
      UnsortedMerge merge = new UnsortedMerge(sets);
      Map<Labels, List<Long>> model = new LinkedHashMap<>();
      for (int s = 0; s < sets; s++) {
        List<Series> set = new ArrayList<>();
        int[] numbers = random.ints(random.nextInt(12), 0, 15).distinct().toArray();
        if (random.nextBoolean()) {
          Arrays.sort(numbers);
        }
        for (int number : numbers) {
          set.add(new PointSeries(labels(number), s));
          model.computeIfAbsent(labels(number), l -> new ArrayList<>()).add((long) s);
        }
        merge.addAll(SeriesSet.of(set));
      }
      check(model, merge.series());
    }
  }

  private static void check(Map<Labels, List<Long>> model, List<Series> merged) {
    assertEquals(List.copyOf(model.keySet()), merged.stream().map(Series::labels).toList());
    for (Series series : merged) {
      SampleBuffer samples = new SampleBuffer();
      series.read(0, Long.MAX_VALUE, samples);
      long[] expected =
          model.getOrDefault(series.labels(), List.of()).stream().mapToLong(t -> t).toArray();
      assertArrayEquals(expected, Arrays.copyOf(samples.timesMs, samples.size));
    }
  }
}
