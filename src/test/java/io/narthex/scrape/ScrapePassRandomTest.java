package io.narthex.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Bodies that change at random, read against the body before and by a model that knows no body
/// before.
final class ScrapePassRandomTest {

  private static final int ROUNDS = 60;
  private static final int SCRAPES = 40;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  /// A line: a comment, or a series with its value.
  private record Line(String text, String value) {}

  @Test
  void readsWhatTheModelReads() {
    for (int round = 0; round < ROUNDS; round++) {
      StepHarness t = new StepHarness();
      List<Line> lines = new ArrayList<>();
      Map<String, Double> before = Map.of();
      for (int scrape = 0; scrape < SCRAPES; scrape++) {
        change(lines);
        boolean fails = random.nextInt(12) == 0;
        String body = body(lines) + (fails ? "x y z\n" : "");
        Map<String, Double> now = fails ? Map.of() : series(lines);
        List<String> stored = new ArrayList<>(t.scrape(body));
        List<String> expected = expected(before, now);
        Collections.sort(stored);
        Collections.sort(expected);
        assertEquals(
            String.join("\n", expected),
            String.join("\n", stored),
            "seed=" + seed + " round=" + round + " scrape=" + scrape);
        before = now;
      }
    }
  }

  private static List<String> expected(Map<String, Double> before, Map<String, Double> now) {
    List<String> expected = new ArrayList<>();
    now.forEach((series, value) -> expected.add(series + " " + value));
    for (String series : before.keySet()) {
      if (!now.containsKey(series)) {
        expected.add(series + " stale");
      }
    }
    return expected;
  }

  /// Each series once, with the value of its first line.
  private static Map<String, Double> series(List<Line> lines) {
    Map<String, Double> series = new LinkedHashMap<>();
    for (Line line : lines) {
      if (!line.value.isEmpty()) {
        String name = line.text.substring(0, line.text.indexOf('{'));
        String label = line.text.substring(name.length() + 1, line.text.length() - 1);
        series.putIfAbsent("{\"" + name + "\", " + label + "}", Double.parseDouble(line.value));
      }
    }
    return series;
  }

  private static String body(List<Line> lines) {
    StringBuilder out = new StringBuilder();
    for (Line line : lines) {
      out.append(line.text);
      if (!line.value.isEmpty()) {
        out.append(' ').append(line.value);
      }
      out.append('\n');
    }
    return out.toString();
  }

  private void change(List<Line> lines) {
    for (int changes = random.nextInt(8); changes > 0 || lines.size() < 5; changes--) {
      int at = lines.isEmpty() ? 0 : random.nextInt(lines.size());
      switch (random.nextInt(lines.isEmpty() ? 2 : 6)) {
        case 0, 1 -> lines.add(at, line());
        case 2 -> lines.remove(at);
        case 3 -> lines.set(at, line());
        case 4 -> Collections.swap(lines, at, random.nextInt(lines.size()));
        default -> {
          if (random.nextInt(5) == 0) {
            Collections.shuffle(lines, random);
          }
        }
      }
    }
    lines.replaceAll(
        line -> line.value.isEmpty() || random.nextBoolean() ? line : new Line(line.text, value()));
  }

  private Line line() {
    if (random.nextInt(5) == 0) {
      return new Line("# HELP m" + random.nextInt(3) + " text " + random.nextInt(3), "");
    }
    return new Line("m" + random.nextInt(3) + "{x=\"" + random.nextInt(12) + "\"}", value());
  }

  private String value() {
    return switch (random.nextInt(6)) {
      case 0 -> Integer.toString(random.nextInt(10));
      case 1 -> Long.toString(random.nextLong());
      case 2 -> Double.toString(random.nextGaussian());
      case 3 -> Double.toString(random.nextDouble() * 1e300);
      case 4 -> random.nextInt(100) + "." + random.nextInt(100) + "e" + (random.nextInt(40) - 20);
      default -> Integer.toString(random.nextInt(1_000_000));
    };
  }
}
