package io.narthex.tsdb.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.Exemplar;
import io.narthex.storage.ExemplarQueryable.SeriesExemplars;
import io.narthex.tsdb.head.ExemplarRing.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The ring against a queue, and the rules of what is taken.
class ExemplarRingTest {

  private static final List<List<Matcher>> ALL = List.of(List.of());

  private static Labels series(int i) {
    return Labels.of("__name__", "m", "i", String.valueOf(i));
  }

  private static Exemplar exemplar(long tMs, double value, String id) {
    return new Exemplar(Labels.of("trace_id", id), value, tMs, true);
  }

  @Test
  void refusesWhatIsNotNewer() {
    ExemplarRing ring = new ExemplarRing(10);
    assertEquals(Verdict.TAKEN, ring.add(series(1), exemplar(10, 1, "a")));
    assertEquals(Verdict.DUPLICATE, ring.add(series(1), exemplar(10, 1, "a")));
    assertEquals(Verdict.OUT_OF_ORDER, ring.add(series(1), exemplar(9, 1, "a")));
    assertEquals(Verdict.OUT_OF_ORDER, ring.add(series(1), exemplar(10, 0.5, "a")));
    assertEquals(Verdict.TAKEN, ring.add(series(1), exemplar(10, 2, "a")), "another bucket's");
    assertEquals(Verdict.TAKEN, ring.add(series(2), exemplar(3, 2, "a")), "another series");
    assertEquals(Verdict.TOO_LONG, ring.add(series(2), exemplar(4, 2, "é".repeat(121))));
    assertEquals(Verdict.TAKEN, ring.add(series(2), exemplar(4, 2, "é".repeat(120))));
    assertEquals(2, ring.outOfOrder());
    assertEquals(4, ring.appended());
  }

  @Test
  void withoutTimeTheSameIsADuplicate() {
    ExemplarRing ring = new ExemplarRing(10);
    Labels id = Labels.of("trace_id", "a");
    assertEquals(Verdict.TAKEN, ring.add(series(1), new Exemplar(id, 1, 10, false)));
    assertEquals(Verdict.DUPLICATE, ring.add(series(1), new Exemplar(id, 1, 20, false)));
    assertEquals(Verdict.TAKEN, ring.add(series(1), new Exemplar(id, 2, 20, false)));
  }

  @Test
  void withoutRoomNothingIsTaken() {
    ExemplarRing ring = new ExemplarRing(0);
    assertFalse(ring.isEnabled());
    assertEquals(Verdict.DISABLED, ring.add(series(1), exemplar(1, 1, "a")));
    assertEquals(List.of(), ring.select(0, 100, ALL));
  }

  @Test
  void behavesLikeAQueue() {
    Random random = new Random(7);
    int capacity = 13;
    ExemplarRing ring = new ExemplarRing(capacity);
    record One(int series, Exemplar exemplar) {}
    ArrayDeque<One> queue = new ArrayDeque<>();
    for (int step = 1; step < 3000; step++) {
      if (random.nextInt(100) == 0) {
        capacity = 1 + random.nextInt(30);
        ring.resize(capacity);
      } else {
        One one = new One(random.nextInt(6), exemplar(step, step, "t" + step));
        assertEquals(Verdict.TAKEN, ring.add(series(one.series), one.exemplar));
        queue.addLast(one);
      }
      while (queue.size() > capacity) {
        queue.removeFirst();
      }
      long fromMs = Math.max(0, step - random.nextInt(20));
      Map<Labels, List<Exemplar>> expected = new TreeMap<>();
      for (One one : queue) {
        if (one.exemplar.tMs() >= fromMs && one.series != 2) {
          expected.computeIfAbsent(series(one.series), s -> new ArrayList<>()).add(one.exemplar);
        }
      }
      List<SeriesExemplars> wanted = new ArrayList<>();
      expected.forEach((labels, list) -> wanted.add(new SeriesExemplars(labels, list)));
      List<List<Matcher>> selectors = new ArrayList<>();
      for (int i : new int[] {0, 1, 3, 4, 5, 1}) {
        selectors.add(List.of(Matcher.equal("i", String.valueOf(i))));
      }
      assertEquals(wanted, ring.select(fromMs, step, selectors));
      assertEquals(queue.size(), ring.count());
      assertEquals(queue.getFirst().exemplar.tMs(), ring.oldestMs());
    }
  }
}
