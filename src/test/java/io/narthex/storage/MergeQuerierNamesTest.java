package io.narthex.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.model.labels.Matcher;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Names and values out of several storages: sorted, each once, no more than are wanted.
class MergeQuerierNamesTest {

  private record Fixed(List<String> texts) implements Querier {

    @Override
    public SeriesSet select(boolean sorted, SelectHints hints, List<Matcher> matchers) {
      return SeriesSet.empty();
    }

    @Override
    public List<String> labelNames(int limit, List<Matcher> matchers) {
      return texts;
    }

    @Override
    public List<String> labelValues(String name, int limit, List<Matcher> matchers) {
      return texts;
    }

    @Override
    public void close() {}
  }

  @SafeVarargs
  private static List<String> merged(int limit, List<String>... parts) {
    try (Querier all = MergeQuerier.of(List.of(parts).stream().map(Fixed::new).toList())) {
      assertEquals(all.labelNames(limit, List.of()), all.labelValues("a", limit, List.of()));
      return all.labelNames(limit, List.of());
    }
  }

  @Test
  void joinsListsThatOverlap() {
    assertEquals(
        List.of("a", "b", "c", "d", "e"),
        merged(0, List.of("b", "d"), List.of("a", "b", "c"), List.of(), List.of("c", "e")));
  }

  @Test
  void keepsWhatAllHave() {
    assertEquals(List.of("a", "b"), merged(0, List.of("a", "b"), List.of("a", "b"), List.of("b")));
    assertEquals(List.of(), merged(0, List.of(), List.of()));
  }

  @Test
  void ordersByUtf8Bytes() {
    String last = "\uD834\uDD1E";
    assertEquals(List.of("\uFFFD", last), merged(0, List.of(last), List.of("\uFFFD")));
  }

  @Test
  void stopsAtTheLimit() {
    assertEquals(List.of("a", "b"), merged(2, List.of("b", "c"), List.of("a")));
  }
}
