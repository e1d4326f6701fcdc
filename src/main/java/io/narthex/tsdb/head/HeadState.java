package io.narthex.tsdb.head;

import io.narthex.model.sample.FloatHistogram;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What the parts of the head share.
final class HeadState {

  /// Time of the first sample while the head has none.
  static final long NO_TIME = Long.MAX_VALUE;

  final HeadOptions options;

  /// Whether start timestamps of samples are kept.
  final boolean keepsStarts;

  /// Held by whoever changes anything below.
  final ReentrantLock commitLock = new ReentrantLock();

  final HeadMemory memory;
  final SeriesTable table;
  final Postings postings = new Postings();
  final ChunkSlabs slabs;
  final Isolation isolation = new Isolation();
  final ChunkFiles files;
  final SeriesWriter writer;
  final HistogramSeries histograms;
  final LateSamples late = new LateSamples();
  final DeletedSpans deleted = new DeletedSpans();
  final ExemplarRing exemplars;

  /// References in the log of series that came before under another one, which is theirs since.
  /// What the log says of them is needed for as long as the series is.
  final Map<Long, Long> aliases = new ConcurrentHashMap<>();

  /// Bounds of the samples, both inclusive; `NO_TIME` and its opposite while there are none.
  volatile long minMs = NO_TIME;

  volatile long maxMs = Long.MIN_VALUE;

  /// Nothing older than this is taken: it is in a block.
  volatile long minValidMs = Long.MIN_VALUE;

  /// How late a sample may be, 0 for in order only.
  volatile long lateWindowMs;

  HeadState(HeadOptions options, HeadMemory memory, ChunkFiles files) {
    this.options = options;
    keepsStarts = options.wal().starts();
    this.memory = memory;
    this.files = files;
    table = new SeriesTable(memory);
    slabs = new ChunkSlabs(memory);
    histograms = new HistogramSeries(this);
    writer = new SeriesWriter(slabs, files, isolation, histograms, options);
    lateWindowMs = options.outOfOrderWindowMs();
    exemplars = new ExemplarRing(options.maxExemplars());
  }

  /// The reference under which the head has what the log calls `ref`.
  long ownRef(long ref) {
    return aliases.isEmpty() ? ref : aliases.getOrDefault(ref, ref);
  }

  /// The start of a sample as it is kept in memory: that of a histogram only if its chunks will
  /// have room for it, as in Prometheus. The log has it in any case.
  long keptStartMs(@Nullable FloatHistogram histogram, long startMs) {
    return histogram == null || options.histogramStarts() ? startMs : 0;
  }

  boolean isEmpty() {
    return maxMs == Long.MIN_VALUE;
  }

  /// The oldest time that a batch may bring in order: not before the last block's end, and not more
  /// than half a chunk range behind the newest sample. The first sample of an empty head counts as
  /// its newest.
  long minAppendableMs(long firstMs) {
    long newestMs = isEmpty() ? firstMs : maxMs;
    return Math.max(minValidMs, newestMs - options.chunkRangeMs() / 2);
  }

  /// How far a time lies behind the newest sample, 0 or less if it does not.
  long behindMs(long tMs) {
    return isEmpty() ? 0 : maxMs - tMs;
  }

  /// The oldest time that a late sample may have.
  long minLateMs() {
    long windowMs = lateWindowMs;
    return windowMs > 0 && !isEmpty() ? maxMs - windowMs : Long.MAX_VALUE;
  }

  void extendTo(long oldestMs, long newestMs) {
    if (oldestMs < minMs) {
      minMs = oldestMs;
    }
    if (newestMs > maxMs) {
      maxMs = newestMs;
    }
  }
}
