package io.narthex.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Bodies with `_created` lines that change at random, against a model that knows no body before.
final class StartTimestampsRandomTest {

  private static final int ROUNDS = 40;
  private static final int SCRAPES = 30;
  private static final int FAMILIES = 4;
  private static final int SERIES = 5;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  /// By family and label: the value and the start in seconds, 0 if there is none.
  private final int[][] values = new int[FAMILIES][SERIES];

  private final int[][] starts = new int[FAMILIES][SERIES];

  @Test
  void startsAreThoseOfTheModel() {
    for (int round = 0; round < ROUNDS; round++) {
      StepHarness t = new StepHarness().with(new StartTimestamps(true, false));
      t.contentType = "application/openmetrics-text; version=1.0.0";
      for (int scrape = 0; scrape < SCRAPES; scrape++) {
        for (int changes = random.nextInt(6); changes > 0; changes--) {
          int family = random.nextInt(FAMILIES);
          int series = random.nextInt(SERIES);
          values[family][series] = random.nextInt(4);
          starts[family][series] = random.nextInt(4);
        }
        List<String> stored = new ArrayList<>(t.scrape(body(random.nextInt(3) == 0)));
        stored.removeIf(s -> s.endsWith("stale"));
        Collections.sort(stored);
        assertEquals("", t.lastError);
        assertEquals(
            String.join("\n", expected()),
            String.join("\n", stored),
            "seed=" + seed + " round=" + round + " scrape=" + scrape);
      }
    }
  }

  /// A value of 0 stands for a series that is not exposed; its start may be all the same.
  ///
  /// @param shuffled whether series change places, and their starts may stand before them
  private String body(boolean shuffled) {
    StringBuilder out = new StringBuilder();
    for (int f = 0; f < FAMILIES; f++) {
      List<String> groups = new ArrayList<>();
      for (int s = 0; s < SERIES; s++) {
        String labels = "x=\"" + s + "\"";
        String total = "f" + f + "_total{" + labels + ",y=\"0\"} " + values[f][s] + "\n";
        String created = "f" + f + "_created{y=\"0\"," + labels + "} " + starts[f][s] + "\n";
        String first = values[f][s] > 0 ? total : "";
        String second = starts[f][s] > 0 ? created : "";
        groups.add(shuffled && random.nextBoolean() ? second + first : first + second);
      }
      if (shuffled) {
        Collections.shuffle(groups, random);
      }
      out.append("# TYPE f").append(f).append(" counter\n");
      groups.forEach(out::append);
    }
    return out.append("# EOF\n").toString();
  }

  private List<String> expected() {
    List<String> all = new ArrayList<>();
    for (int f = 0; f < FAMILIES; f++) {
      for (int s = 0; s < SERIES; s++) {
        if (values[f][s] > 0) {
          String series = "{\"f" + f + "_total\", x=\"" + s + "\", y=\"0\"} " + values[f][s] + ".0";
          all.add(series + (starts[f][s] > 0 ? " since " + starts[f][s] * 1000 : ""));
        }
      }
    }
    return all;
  }
}
