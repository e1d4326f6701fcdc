package io.narthex.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.model.labels.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SortedMergeTest {

  /// A set with a warning.
  private record Warned(SeriesSet set, String warning) implements SeriesSet {
    @Override
    public boolean next() {
      return set.next();
    }

    @Override
    public Series at() {
      return set.at();
    }

    @Override
    public List<String> warnings() {
      return List.of(warning);
    }
  }

  /// Whatever sorted sets have in common, and however many there are: label order, each series once
  /// with the samples of all its sets in their order, no more than the limit, every warning.
  @Test
  void joinsAsASortedMapWould() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      int count = random.nextInt(9);
      Map<Labels, List<Long>> model = new TreeMap<>();
      List<SeriesSet> sets = new ArrayList<>();
      List<String> warnings = new ArrayList<>();
      for (int s = 0; s < count; s++) {
        sets.add(new Warned(set(random, s, model), "warning " + s));
        warnings.add("warning " + s);
      }
      int limit = random.nextInt(3) == 0 ? 1 + random.nextInt(10) : 0;
      SeriesSet merged = SortedMerge.of(sets, limit);
      check(model, merged, limit);
      assertEquals(warnings, merged.warnings());
    }
  }

  private static SeriesSet set(Random random, int number, Map<Labels, List<Long>> model) {
    List<Labels> all =
        random
            .ints(random.nextInt(12), 0, 15)
            .distinct()
            .mapToObj(n -> Labels.of("n", Integer.toString(n)))
            .sorted()
            .toList();
    all.forEach(l -> model.computeIfAbsent(l, x -> new ArrayList<>()).add((long) number));
    return SeriesSet.of(all.stream().map(l -> new PointSeries(l, number)).toList());
  }

  private static void check(Map<Labels, List<Long>> model, SeriesSet merged, int limit) {
    int left = limit == 0 ? Integer.MAX_VALUE : limit;
    for (Map.Entry<Labels, List<Long>> expected : model.entrySet()) {
      if (left-- == 0) {
        break;
      }
      assertTrue(merged.next());
      assertEquals(expected.getKey(), merged.at().labels());
      SampleBuffer samples = new SampleBuffer();
      merged.at().read(0, Long.MAX_VALUE, samples);
      assertArrayEquals(
          expected.getValue().stream().mapToLong(t -> t).toArray(),
          Arrays.copyOf(samples.timesMs, samples.size));
    }
    assertFalse(merged.next());
  }
}
