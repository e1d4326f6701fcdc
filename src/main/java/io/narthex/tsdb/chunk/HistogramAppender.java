package io.narthex.tsdb.chunk;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.SampleBuffer;
import org.jspecify.annotations.Nullable;

/// Writes a histogram chunk sample by sample: encoding 2 if all counts are whole numbers, else
/// encoding 3, or 5 and 6 with start timestamps (layout: see {@link HistogramDecoder}). All
/// histograms of a chunk have the same kind of buckets, and, unless they are gauges, counts that
/// never fall; {@link #fit} says whether one more may follow. A histogram with buckets that the
/// chunk does not have yet makes the chunk be written anew with more buckets. Not thread-safe.
/// Source of the rules: prometheus `tsdb/chunkenc/histogram.go`.
public final class HistogramAppender {

  private static final int HEADER_BYTES = 3;
  private static final int MAX_SAMPLES = 0xffff;

  /// The flags take two bits of the count where starts have their byte.
  private static final int MAX_SAMPLES_WITH_STARTS = 0x3fff;

  private static final double MOST_EXACT_COUNT = 1L << 53;
  private static final int[] NONE = {};

  /// Whether a histogram can follow in a chunk.
  public enum Fit {
    /// It can.
    APPEND,
    /// It belongs into a chunk of its own; nothing is known of a counter reset.
    CUT,
    /// A counter was reset: it begins a chunk that says so.
    RESET
  }

  private final boolean floats;
  private final ResetHint hint;

  /// Null if the chunk has no start timestamps.
  private final @Nullable StartColumn starts;

  private BitWriter out = new BitWriter();
  private @Nullable HistogramLayout layout;
  private @Nullable HistogramColumns columns;
  private int[] positiveIndexes = NONE;
  private int[] negativeIndexes = NONE;
  private FloatHistogram last = FloatHistogram.stale();
  private double[] lastPositive = {};
  private double[] lastNegative = {};
  private long lastMs;
  private long deltaMs;
  private int count;

  /// An empty chunk without start timestamps.
  ///
  /// @param floats whether counts are not whole numbers
  /// @param hint what the chunk says of how it follows the chunk before
  public HistogramAppender(boolean floats, ResetHint hint) {
    this(floats, hint, false);
  }

  /// An empty chunk.
  ///
  /// @param floats whether counts are not whole numbers
  /// @param hint what the chunk says of how it follows the chunk before
  /// @param withStarts whether it has start timestamps
  public HistogramAppender(boolean floats, ResetHint hint, boolean withStarts) {
    this.floats = floats;
    this.hint = hint;
    starts = withStarts ? new StartColumn() : null;
    header(out);
  }

  /// An empty chunk for samples like `first`, which begin a series if `fit` is `CUT`, or else
  /// follow a sample with that result.
  ///
  /// @param withStarts whether it has start timestamps
  public static HistogramAppender startingWith(FloatHistogram first, Fit fit, boolean withStarts) {
    ResetHint hint =
        first.resetHint == ResetHint.GAUGE
            ? ResetHint.GAUGE
            : fit == Fit.RESET || first.resetHint == ResetHint.RESET
                ? ResetHint.RESET
                : fit == Fit.APPEND ? ResetHint.NO_RESET : ResetHint.UNKNOWN;
    return new HistogramAppender(!isWhole(first), hint, withStarts);
  }

  /// An empty chunk for the histograms of a buffer from `at` on to its next float; it has start
  /// timestamps if one of them has one.
  public static HistogramAppender startingWith(SampleBuffer samples, int at, Fit fit) {
    FloatHistogram first = samples.histogram(at);
    if (first == null) {
      throw new IllegalStateException("BUG: sample " + at + " is not a histogram");
    }
    int end = at;
    while (samples.startsMs != null && end < samples.size && samples.histogram(end) != null) {
      end++;
    }
    return startingWith(first, fit, samples.hasStart(at, end));
  }

  private void header(BitWriter target) {
    // With starts, the flags are the top bits of the count, and the last byte is theirs.
    int flagsAt = starts == null ? 6 : 22;
    target.write((long) flags() << flagsAt, HEADER_BYTES * 8);
  }

  private int flags() {
    return switch (hint) {
      case UNKNOWN -> 0b00;
      case NO_RESET -> 0b01;
      case RESET -> 0b10;
      case GAUGE -> 0b11;
    };
  }

  private int maxSamples() {
    return starts == null ? MAX_SAMPLES : MAX_SAMPLES_WITH_STARTS;
  }

  /// Encoding of the chunk.
  public int encoding() {
    if (starts == null) {
      return floats ? ChunkEncoding.FLOAT_HISTOGRAM : ChunkEncoding.HISTOGRAM;
    }
    return floats ? ChunkEncoding.FLOAT_HISTOGRAM_ST : ChunkEncoding.HISTOGRAM_ST;
  }

  /// Samples so far.
  public int count() {
    return count;
  }

  /// Time of the last sample; 0 in an empty chunk.
  public long lastMs() {
    return lastMs;
  }

  /// The last histogram; a stale marker in an empty chunk.
  public FloatHistogram last() {
    return last;
  }

  public int lengthBytes() {
    return out.lengthBytes();
  }

  /// The array behind; valid in `[0, lengthBytes())` until the next append.
  public byte[] array() {
    return out.array();
  }

  /// Appends to `samples` the samples of this chunk with `minMs <= t <= maxMs`.
  public void decode(long minMs, long maxMs, SampleBuffer samples) {
    if (count > 0) {
      ChunkDecoder.decode(encoding(), array(), 0, lengthBytes(), minMs, maxMs, samples);
    }
  }

  /// Whether all counts are whole numbers that encoding 2 can hold.
  public static boolean isWhole(FloatHistogram h) {
    return isWhole(h.count)
        && isWhole(h.zeroCount)
        && isWhole(h.positiveBuckets)
        && isWhole(h.negativeBuckets);
  }

  private static boolean isWhole(double[] counts) {
    for (double value : counts) {
      if (!isWhole(value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWhole(double value) {
    return value >= 0 && value <= MOST_EXACT_COUNT && value == Math.rint(value);
  }

  /// Whether `h` can follow in this chunk.
  public Fit fit(FloatHistogram h) {
    HistogramLayout known = layout;
    if (known == null || h.isStale()) {
      return count < maxSamples() ? Fit.APPEND : Fit.CUT;
    }
    boolean gauge = h.resetHint == ResetHint.GAUGE;
    if (!gauge && h.resetHint == ResetHint.RESET) {
      return Fit.RESET;
    }
    if (count == maxSamples()
        || gauge != (hint == ResetHint.GAUGE)
        || last.isStale()
        || (!floats && !isWhole(h))) {
      return Fit.CUT;
    }
    if (!known.sameKind(h)) {
      return gauge ? Fit.CUT : Fit.RESET;
    }
    return !gauge && falls(h) ? Fit.RESET : Fit.APPEND;
  }

  private boolean falls(FloatHistogram h) {
    return h.count < last.count
        || h.zeroCount < last.zeroCount
        || BucketSpans.falls(positiveIndexes, lastPositive, h.positiveSpans, h.positiveBuckets)
        || BucketSpans.falls(negativeIndexes, lastNegative, h.negativeSpans, h.negativeBuckets);
  }

  /// Adds a sample that fits, with an unknown start. The caller keeps times ascending.
  public void append(long tMs, FloatHistogram h) {
    append(tMs, h, 0);
  }

  /// Adds a sample that fits. The caller keeps times ascending.
  ///
  /// @param startMs start timestamp, 0 if it is unknown; dropped in a chunk without them
  public void append(long tMs, FloatHistogram h, long startMs) {
    HistogramLayout known = layout;
    if (known == null) {
      start(
          out,
          new HistogramLayout(
              h.schema, h.zeroThreshold, h.positiveSpans, h.negativeSpans, h.customValues));
    } else if (!h.isStale()) {
      int[] positive = BucketSpans.indexes(h.positiveSpans);
      int[] negative = BucketSpans.indexes(h.negativeSpans);
      if (!BucketSpans.contains(positiveIndexes, positive)
          || !BucketSpans.contains(negativeIndexes, negative)) {
        widen(known, positive, negative);
      }
    }
    write(tMs, h, startMs);
  }

  private void start(BitWriter target, HistogramLayout chosen) {
    out = target;
    layout = chosen;
    positiveIndexes = BucketSpans.indexes(chosen.positiveSpans());
    negativeIndexes = BucketSpans.indexes(chosen.negativeSpans());
    columns =
        floats
            ? new HistogramColumns.Floats(positiveIndexes.length, negativeIndexes.length)
            : new HistogramColumns.Integers(positiveIndexes.length, negativeIndexes.length);
    chosen.write(target);
  }

  /// Writes the chunk anew with more buckets.
  private void widen(HistogramLayout known, int[] positive, int[] negative) {
    SampleBuffer samples = new SampleBuffer(count);
    decode(Long.MIN_VALUE, Long.MAX_VALUE, samples);
    BitWriter target = new BitWriter();
    header(target);
    if (starts != null) {
      starts.reset();
    }
    count = 0;
    lastMs = 0;
    deltaMs = 0;
    start(
        target,
        new HistogramLayout(
            known.schema(),
            known.zeroThreshold(),
            BucketSpans.of(BucketSpans.union(positiveIndexes, positive)),
            BucketSpans.of(BucketSpans.union(negativeIndexes, negative)),
            known.customValues()));
    for (int i = 0; i < samples.size; i++) {
      FloatHistogram h = samples.histogram(i);
      write(samples.timesMs[i], h == null ? FloatHistogram.stale() : h, samples.startMs(i));
    }
  }

  private void write(long tMs, FloatHistogram h, long startMs) {
    HistogramColumns target = columns;
    if (target == null) {
      throw new IllegalStateException("BUG: a histogram chunk without a layout");
    }
    boolean stale = StaleMarker.isStale(h.sum);
    double[] positive =
        BucketSpans.spread(
            BucketSpans.indexes(h.positiveSpans), h.positiveBuckets, positiveIndexes);
    double[] negative =
        BucketSpans.spread(
            BucketSpans.indexes(h.negativeSpans), h.negativeBuckets, negativeIndexes);
    if (count == 0) {
      out.varbitInt(tMs);
      target.first(out, h, positive, negative);
    } else {
      long newDeltaMs = tMs - lastMs;
      out.varbitInt(newDeltaMs - deltaMs);
      deltaMs = newDeltaMs;
      target.next(out, h, positive, negative);
    }
    if (starts != null) {
      starts.write(out, count, tMs, lastMs, startMs);
    }
    lastMs = tMs;
    last = h;
    lastPositive = stale ? lastPositive : positive;
    lastNegative = stale ? lastNegative : negative;
    count++;
    out.putU16(0, starts == null ? count : flags() << 14 | count);
  }
}
