package io.narthex.tsdb.head;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appender;
import io.narthex.storage.Appender.Outcome;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random commits, restarts and truncations against a map of maps.
class HeadModelTest {

  private static final long START_MS = 1_700_000_000_000L;

  @TempDir Path directory;

  @Test
  void behavesLikeMapOfMaps() {
    for (long seed = 1; seed <= 4; seed++) {
      run(seed, directory.resolve("s" + seed));
    }
  }

  private Head open(Path path, long minValidMs) {
    return Head.open(
        Disk.system(),
        path,
        HeadOptions.defaults(),
        minValidMs,
        Clock.system(),
        new Metrics(),
        Runnable::run,
        new ReplayProgress());
  }

  private void run(long seed, Path path) {
    Random random = new Random(seed);
    Map<Labels, TreeMap<Long, Long>> model = new TreeMap<>();
    Map<Labels, Long> refs = new TreeMap<>();
    Disk.system().createDirectories(path);
    Head head = open(path, Long.MIN_VALUE);
    long now = START_MS;
    long minValidMs = Long.MIN_VALUE;
    long newest = Long.MIN_VALUE;
    for (int step = 0; step < 1000; step++) {
      String context = "seed " + seed + " step " + step;
      int action = random.nextInt(100);
      if (action == 0) {
        head.close();
        head = open(path, minValidMs);
        refs.clear();
        check(head, model, context + " after restart");
      } else if (action == 1 && newest > START_MS + 4_000_000) {
        minValidMs = newest - 3_700_000;
        truncate(head, model, minValidMs);
        check(head, model, context + " after truncation");
      } else {
        now += random.nextInt(60_000);
        newest = Math.max(newest, commit(random, head, model, refs, now, newest, minValidMs));
        if (action < 8) {
          check(head, model, context);
        }
      }
    }
    check(head, model, "seed " + seed + " at the end");
    head.close();
  }

  private static void truncate(Head head, Map<Labels, TreeMap<Long, Long>> model, long minMs) {
    try {
      head.truncate(minMs, 1000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    model.values().forEach(s -> s.headMap(minMs).clear());
    model.values().removeIf(Map::isEmpty);
  }

  private static long commit(
      Random random,
      Head head,
      Map<Labels, TreeMap<Long, Long>> model,
      Map<Labels, Long> refs,
      long now,
      long newest,
      long minValidMs) {
    Appender appender = head.appender();
    int size = 1 + random.nextInt(30);
    Labels[] labels = new Labels[size];
    Outcome[] expected = new Outcome[size];
    long max = newest;
    long base = newest == Long.MIN_VALUE ? now : newest;
    for (int i = 0; i < size; i++) {
      labels[i] =
          Labels.of("__name__", "m" + random.nextInt(5), "i", String.valueOf(random.nextInt(12)));
      long tMs =
          switch (random.nextInt(20)) {
            case 0 -> now - random.nextInt(200_000);
            case 1 -> now - 7_200_000;
            default -> i == 0 ? now : now + random.nextInt(3);
          };
      if (i == 0 && newest == Long.MIN_VALUE) {
        base = tMs;
      }
      double value =
          switch (random.nextInt(6)) {
            case 0 -> random.nextGaussian();
            case 1 -> Double.longBitsToDouble(0x7ff0000000000002L);
            default -> random.nextInt(4);
          };
      appender.append(refs.getOrDefault(labels[i], 0L), labels[i], tMs, value);
      long bits = Double.doubleToRawLongBits(value);
      TreeMap<Long, Long> series = model.getOrDefault(labels[i], new TreeMap<>());
      if (tMs < Math.max(base - 3_600_000, minValidMs)) {
        expected[i] = Outcome.OUT_OF_BOUNDS;
      } else if (!series.isEmpty() && series.lastKey() > tMs) {
        expected[i] = Outcome.OUT_OF_ORDER;
      } else if (!series.isEmpty() && series.lastKey() == tMs) {
        expected[i] = series.lastEntry().getValue() == bits ? Outcome.STORED : Outcome.DUPLICATE;
      } else {
        expected[i] = Outcome.STORED;
        series.put(tMs, bits);
        model.put(labels[i], series);
        max = Math.max(max, tMs);
      }
    }
    Appender.Commit commit = appender.commit();
    for (int i = 0; i < size; i++) {
      assertEquals(expected[i], commit.outcome(i), "outcome of sample " + i);
      if (expected[i] == Outcome.STORED) {
        refs.put(labels[i], commit.ref(i));
      }
    }
    return max;
  }

  private static void check(Head head, Map<Labels, TreeMap<Long, Long>> model, String context) {
    Map<Labels, TreeMap<Long, Long>> found = new TreeMap<>();
    SampleBuffer buffer = new SampleBuffer();
    try (Querier querier = head.querier(head.minMs(), Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set =
          querier.select(
              true,
              SelectHints.of(0, Long.MAX_VALUE),
              List.of(Matcher.of(MatchType.REGEXP, "__name__", "m.*")));
      while (set.next()) {
        buffer.clear();
        set.at().read(Long.MIN_VALUE, Long.MAX_VALUE, buffer);
        TreeMap<Long, Long> samples = new TreeMap<>();
        for (int i = 0; i < buffer.size; i++) {
          samples.put(buffer.timesMs[i], Double.doubleToRawLongBits(buffer.values[i]));
        }
        assertEquals(buffer.size, samples.size(), context + ": a time stands twice");
        if (!samples.isEmpty()) {
          found.put(set.at().labels(), samples);
        }
      }
    }
    assertEquals(model, found, context);
  }
}
