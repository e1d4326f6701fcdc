package io.narthex.tsdb.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PostingsTest {

  private static Postings of(TreeSet<Long> ids) {
    return Postings.of(ids.stream().mapToLong(i -> i).toArray(), ids.size());
  }

  private static long[] array(TreeSet<Long> ids) {
    return ids.stream().mapToLong(i -> i).toArray();
  }

  private static TreeSet<Long> random(Random random, int bound) {
    TreeSet<Long> ids = new TreeSet<>();
    for (int i = random.nextInt(60); i > 0; i--) {
      ids.add(random.nextLong(bound));
    }
    return ids;
  }

  @Test
  void algebraAgreesWithSets() {
    long seed = 42;
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      int bound = round % 3 == 0 ? 1_000_000 : 100;
      List<TreeSet<Long>> sets = new ArrayList<>();
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        sets.add(random(random, bound));
      }
      TreeSet<Long> union = new TreeSet<>();
      TreeSet<Long> common = new TreeSet<>(sets.getFirst());
      for (TreeSet<Long> set : sets) {
        union.addAll(set);
        common.retainAll(set);
      }
      TreeSet<Long> rest = new TreeSet<>(union);
      rest.removeAll(sets.getLast());
      String where = "seed " + seed + " round " + round;
      assertArrayEquals(
          array(union),
          Postings.union(sets.stream().map(PostingsTest::of).toList()).toArray(),
          where);
      assertArrayEquals(
          array(common),
          Postings.intersect(sets.stream().map(PostingsTest::of).toList()).toArray(),
          where);
      Postings all = Postings.union(sets.stream().map(PostingsTest::of).toList());
      assertArrayEquals(array(rest), Postings.without(all, of(sets.getLast())).toArray(), where);
      seeks(random, sets, union, where);
    }
  }

  private static void seeks(
      Random random, List<TreeSet<Long>> sets, TreeSet<Long> union, String where) {
    Postings postings = Postings.union(sets.stream().map(PostingsTest::of).toList());
    long least = 0;
    while (least != Postings.END) {
      long wanted = least + random.nextInt(20);
      Long expected = union.ceiling(wanted);
      long actual = postings.seek(wanted);
      assertEquals(expected == null ? Postings.END : expected, actual, where);
      assertEquals(actual, postings.seek(wanted), where);
      assertEquals(actual, postings.at(), where);
      if (actual != Postings.END && random.nextBoolean()) {
        Long next = union.higher(actual);
        actual = postings.next();
        assertEquals(next == null ? Postings.END : next, actual, where);
      }
      least = actual;
    }
  }

  @Test
  void shapesOfRegularExpressions() {
    assertEquals(new RegexShape(List.of("a", "b"), ""), RegexShape.of("a|b|a"));
    assertEquals(new RegexShape(List.of("abc"), ""), RegexShape.of("abc"));
    assertEquals(new RegexShape(List.of("a", ""), ""), RegexShape.of("a|"));
    assertEquals(new RegexShape(List.of(), "foo"), RegexShape.of("foo.*"));
    assertEquals(new RegexShape(List.of(), "fo"), RegexShape.of("foo*"));
    assertEquals(new RegexShape(List.of(), "fo"), RegexShape.of("foo{0,1}bar"));
    assertEquals(new RegexShape(List.of(), ""), RegexShape.of("😀?x"));
    assertEquals(new RegexShape(List.of(), ""), RegexShape.of("a.|b"));
    assertEquals(new RegexShape(List.of(), ""), RegexShape.of("(?i)foo"));
  }
}
