package io.narthex.tsdb;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.FaultyDisk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.Appender;
import io.narthex.storage.Appender.Outcome;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.wal.WalOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// One run of random work on a storage and on its model. Everything hangs on the seed.
final class TsdbModelRun {

  static final long BLOCK_MS = 20_000;
  private static final long START_MS = 1_700_000_000_000L;
  private static final int SERIES = 7;
  private static final Matcher ANY = Matcher.of(MatchType.REGEXP, "__name__", "m.*");

  private final Random random;
  private final RandomValues values;
  private final Path directory;
  private Disk disk;
  private final ManualTimers timers = new ManualTimers();
  private final long retentionMs;
  private final double staleThreshold;

  /// Whether start timestamps are kept.
  private final boolean starts;

  private final boolean startsOfHistograms;
  private long windowMs;
  private TsdbOptions options;
  private final TsdbModel model = new TsdbModel();
  private final Map<Labels, Long> refs = new HashMap<>();
  private Tsdb tsdb;
  private long nowMs = START_MS;
  private long headMaxMs = Long.MIN_VALUE;
  private String doing = "opening";

  /// Makes the model not sure of what is being done.
  private Runnable half = () -> {};

  private boolean goesOn;

  TsdbModelRun(long seed, Path directory, Disk disk) {
    random = new Random(seed);
    values = new RandomValues(random);
    this.directory = directory;
    this.disk = disk;
    windowMs = random.nextInt(3) == 0 ? 0 : 1000L * random.nextInt(70);
    retentionMs = random.nextInt(3) == 0 ? 60_000 + random.nextInt(60_000) : 0;
    staleThreshold = random.nextInt(3) == 0 ? 0 : 0.01 + random.nextInt(40) / 100.0;
    WalOptions.Compression[] compressions = WalOptions.Compression.values();
    starts = seed % 3 == 0;
    startsOfHistograms = seed % 2 == 0;
    WalOptions wal =
        new WalOptions(32 * 1024, compressions[random.nextInt(compressions.length)], starts);
    options =
        new TsdbOptions(
            BLOCK_MS,
            9 * BLOCK_MS,
            limits(),
            new TsdbOptions.HeadPart(
                4 + random.nextInt(16),
                0,
                0,
                false,
                starts | random.nextInt(4) == 0,
                startsOfHistograms,
                seed % 5 == 1,
                wal),
            TsdbOptions.defaults().blocks(),
            false);
    tsdb = open(directory);
  }

  private TsdbLimits limits() {
    return new TsdbLimits(retentionMs, 0, 0, windowMs, 0, staleThreshold);
  }

  private Tsdb open(Path path) {
    return Tsdb.open(
        path, options, disk, timers, new Metrics(), timers, Runnable::run, new ReplayStatus());
  }

  /// Works for so many steps.
  void run(int steps) {
    for (int step = 0; step < steps; step++) {
      step();
    }
    doing = "the last check";
    check(tsdb, model);
    tsdb.close();
  }

  /// Works until the disk fails, which it may not do. What was being done then may be done, or not,
  /// or half.
  void runUntilFailure(int steps) {
    try {
      for (int step = 0; step < steps; step++) {
        step();
      }
    } catch (StorageException | DiskException e) {
      half.run();
    }
  }

  /// Works although the disk may fail once.
  void runThroughFailure(int steps) {
    goesOn = true;
    for (int step = 0; step < steps; step++) {
      try {
        step();
      } catch (StorageException | DiskException e) {
        half.run();
        check(tsdb, model);
      }
    }
  }

  /// Opens the storage again on a disk that works.
  void recover(Disk good) {
    doing = "opening again";
    disk = good;
    reopen();
    // The commit that failed may be in the log all the same.
    headMaxMs = tsdb.headMaxMs();
    check(tsdb, model);
  }

  /// What was done last.
  String doing() {
    return doing;
  }

  private void step() {
    half = () -> {};
    int action = random.nextInt(100);
    if (action < 66) {
      doing = "commit";
      commit();
    } else if (action < 80) {
      doing = "maintenance";
      maintain();
      check(tsdb, model);
    } else if (action < 88) {
      doing = action < 84 ? "restart" : "restart after a crash";
      restart(action < 84);
      check(tsdb, model);
    } else if (action < 93) {
      doing = "delete";
      delete();
      check(tsdb, model);
    } else if (action < 95) {
      doing = "clean tombstones";
      tsdb.cleanTombstones();
      check(tsdb, model);
    } else if (action == 95) {
      doing = "snapshot";
      snapshot();
    } else if (action == 96) {
      doing = "another window";
      windowMs = random.nextBoolean() ? 0 : 1000L * random.nextInt(70);
      options = options.withLimits(limits());
      tsdb.apply(limits());
    } else {
      doing = "query";
      checkPart();
    }
  }

  private void commit() {
    nowMs += random.nextInt(20) == 0 ? random.nextInt(50_000) : random.nextInt(3000);
    Appender appender = tsdb.appender();
    int size = 1 + random.nextInt(12);
    Labels[] labels = new Labels[size];
    long[] times = new long[size];
    String[] texts = new String[size];
    boolean[] stale = new boolean[size];
    long validMs = tsdb.view().headFromMs();
    long inOrderMs = headMaxMs == Long.MIN_VALUE ? Long.MAX_VALUE : headMaxMs - BLOCK_MS / 2;
    for (int i = 0; i < size; i++) {
      labels[i] = labels();
      times[i] = time();
      long ref = refs.getOrDefault(labels[i], 0L);
      long startMs = startMs(times[i]);
      if (histograms(labels[i])) {
        FloatHistogram histogram = values.histogram();
        stale[i] = histogram.isStale();
        texts[i] = RandomValues.text(histogram) + since(startsOfHistograms ? startMs : 0);
        appender.append(ref, labels[i], times[i], histogram);
      } else {
        double value = values.value();
        stale[i] = StaleMarker.isStale(value);
        texts[i] = RandomValues.text(value) + since(startMs);
        appender.append(ref, labels[i], times[i], value);
      }
      appender.start(i, startMs);
    }
    boolean takesLate = windowMs > 0 && headMaxMs != Long.MIN_VALUE;
    long lateMs = takesLate ? headMaxMs - windowMs : Long.MAX_VALUE;
    half = () -> mayBeThere(labels, times, texts);
    Appender.Commit commit = appender.commit();
    for (int i = 0; i < size; i++) {
      Outcome outcome = commit.outcome(i);
      boolean first = times[i] > model.newestMs(labels[i]);
      if (outcome == Outcome.STORED) {
        refs.put(labels[i], commit.ref(i));
        model.add(labels[i], times[i], texts[i]);
        headMaxMs = Math.max(headMaxMs, times[i]);
      } else {
        boolean inOrder = first && times[i] >= Math.max(inOrderMs, validMs);
        boolean late = times[i] >= lateMs && outcome != Outcome.DUPLICATE && !stale[i];
        // A disk that fails keeps late samples from being logged, or from being cut off again.
        model.mayHave(labels[i], times[i], texts[i], late);
        boolean stillLate = late && times[i] >= headMaxMs - windowMs;
        if (inOrder || stillLate && !(disk instanceof FaultyDisk)) {
          throw new AssertionError(
              labels[i]
                  + " at "
                  + times[i]
                  + " was refused: "
                  + outcome
                  + ", newest of the head "
                  + headMaxMs
                  + ", head from "
                  + validMs
                  + ", window "
                  + windowMs);
        }
      }
    }
    if (random.nextInt(4) == 0) {
      check(tsdb, model);
    }
  }

  private void mayBeThere(Labels[] labels, long[] times, String[] texts) {
    for (int i = 0; i < labels.length; i++) {
      model.mayHave(labels[i], times[i], texts[i]);
    }
    headMaxMs = Math.max(headMaxMs, tsdb.headMaxMs());
  }

  /// Mostly the same for a while, sometimes unknown, sometimes another one each time.
  private long startMs(long tMs) {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> tMs - random.nextInt(100);
      default -> START_MS + (tMs - START_MS) / 30_000 % 7 * 1000;
    };
  }

  private String since(long startMs) {
    return !starts || startMs == 0 ? "" : " since " + startMs;
  }

  private long time() {
    return switch (random.nextInt(12)) {
      case 0 -> nowMs - random.nextInt(10_000);
      case 1 -> nowMs - random.nextInt(80_000);
      case 2 -> nowMs - 1000L * random.nextInt(30);
      default -> nowMs + random.nextInt(3);
    };
  }

  private Labels labels() {
    int i = random.nextInt(SERIES);
    // Some series come and go, and come again.
    long generation = i == 0 ? (nowMs - START_MS) / (2 * BLOCK_MS) % 3 : 0;
    return Labels.of("__name__", "m" + i % 3, "g", String.valueOf(generation), "i", "" + i);
  }

  private boolean histograms(Labels labels) {
    return switch (labels.get("i")) {
      case "5" -> true;
      case "6" -> random.nextInt(3) == 0;
      default -> false;
    };
  }

  private void maintain() {
    tsdb.maintain();
    if (retentionMs > 0 && !tsdb.blocks().isEmpty()) {
      long newestMs = tsdb.blocks().stream().mapToLong(b -> b.maxMs()).max().orElseThrow();
      model.mayForget(newestMs - retentionMs);
    }
  }

  private void restart(boolean orderly) {
    half = goesOn ? this::reopen : () -> {};
    if (orderly) {
      tsdb.close();
    }
    reopen();
  }

  private void reopen() {
    refs.clear();
    tsdb = open(directory);
    if (retentionMs > 0 && !tsdb.blocks().isEmpty()) {
      long newestMs = tsdb.blocks().stream().mapToLong(b -> b.maxMs()).max().orElseThrow();
      model.mayForget(newestMs - retentionMs);
    }
    // A head that begins anew has no newest sample yet.
    headMaxMs = Math.min(headMaxMs, tsdb.headMaxMs());
  }

  private void delete() {
    Matcher matcher =
        random.nextInt(4) == 0 ? ANY : Matcher.equal("i", String.valueOf(random.nextInt(SERIES)));
    long minMs = random.nextInt(5) == 0 ? Long.MIN_VALUE : nowMs - random.nextInt(150_000);
    long maxMs = random.nextInt(5) == 0 ? Long.MAX_VALUE : nowMs - random.nextInt(150_000);
    if (minMs <= maxMs) {
      half = () -> model.mayBeDeleted(minMs, maxMs, matcher);
      tsdb.delete(minMs, maxMs, List.of(matcher));
      model.delete(minMs, maxMs, matcher);
    }
  }

  private void snapshot() {
    String name = tsdb.snapshot(false);
    Path path = directory.resolve("snapshots").resolve(name);
    try (Tsdb copy = open(path)) {
      TsdbModel expected = model.copy();
      if (retentionMs > 0) {
        expected.mayForget(nowMs - retentionMs + BLOCK_MS);
      }
      check(copy, expected);
    }
    disk.delete(path);
  }

  private void check(Tsdb storage, TsdbModel expected) {
    check(storage, expected, Long.MIN_VALUE, Long.MAX_VALUE, ANY);
  }

  private void checkPart() {
    long minMs = nowMs - random.nextInt(200_000);
    Matcher matcher =
        random.nextBoolean() ? ANY : Matcher.equal("i", String.valueOf(random.nextInt(SERIES)));
    check(tsdb, model, minMs, minMs + random.nextInt(100_000), matcher);
  }

  private void check(
      Queryable storage, TsdbModel expected, long minMs, long maxMs, Matcher matcher) {
    List<String> wrong =
        expected.differences(read(storage, minMs, maxMs, matcher), minMs, maxMs, matcher);
    if (!wrong.isEmpty()) {
      throw new AssertionError(wrong.size() + " differences: " + wrong);
    }
  }

  private static Map<Labels, TreeMap<Long, String>> read(
      Queryable storage, long minMs, long maxMs, Matcher matcher) {
    Map<Labels, TreeMap<Long, String>> found = new TreeMap<>();
    SampleBuffer out = new SampleBuffer();
    try (Querier querier = storage.querier(minMs, maxMs)) {
      SeriesSet set = querier.select(true, SelectHints.of(minMs, maxMs), List.of(matcher));
      while (set.next()) {
        out.clear();
        set.at().read(minMs, maxMs, out);
        TreeMap<Long, String> samples = new TreeMap<>();
        for (int i = 0; i < out.size; i++) {
          FloatHistogram histogram = out.histogram(i);
          String text =
              histogram == null ? RandomValues.text(out.values[i]) : RandomValues.text(histogram);
          if (i > 0 && out.timesMs[i - 1] >= out.timesMs[i]) {
            throw new AssertionError(set.at().labels() + ": times do not ascend");
          }
          samples.put(
              out.timesMs[i], text + (out.startMs(i) == 0 ? "" : " since " + out.startMs(i)));
        }
        if (found.put(set.at().labels(), samples) != null) {
          throw new AssertionError(set.at().labels() + " came twice");
        }
      }
    }
    return found;
  }
}
