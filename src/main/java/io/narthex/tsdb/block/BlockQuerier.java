package io.narthex.tsdb.block;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.index.IndexReader;
import io.narthex.tsdb.index.MatcherResolver;
import io.narthex.tsdb.index.Postings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Reads a span of one block. Series come in label order, because the index has them so.
final class BlockQuerier implements Querier {

  private final Block block;
  private final Tombstones tombstones;
  private final long minMs;
  private final long maxMs;

  /// Sets that other threads read for; those have to end before the block may be let go.
  private final List<ReadAhead> ahead = new ArrayList<>();

  private boolean closed;

  /// The block has been acquired for this querier.
  BlockQuerier(Block block, Tombstones tombstones, long minMs, long maxMs) {
    this.block = block;
    this.tombstones = tombstones;
    this.minMs = minMs;
    this.maxMs = maxMs;
  }

  @Override
  public SeriesSet select(boolean sorted, SelectHints hints, List<Matcher> matchers) {
    return reading(() -> {
      Postings found = MatcherResolver.resolve(index(), matchers);
      if (hints.limit() == 0 && ReadAhead.pays(found)) {
        ReadAhead set = new ReadAhead(found, this::reader);
        ahead.add(set);
        return set;
      }
      int limit = hints.limit() == 0 ? Integer.MAX_VALUE : hints.limit();
      return new FoundSeries(found, reader(), limit);
    });
  }

  private BlockSeriesReader reader() {
    return new BlockSeriesReader(block, tombstones, minMs, maxMs);
  }

  @Override
  public List<String> labelNames(int limit, List<Matcher> matchers) {
    return reading(() -> {
      List<String> all = index().labelNames(matchers);
      return limited(tombstones.isEmpty() ? all : hidden().names(all, matchers), limit);
    });
  }

  @Override
  public List<String> labelValues(String name, int limit, List<Matcher> matchers) {
    return reading(() -> {
      List<String> all = index().labelValues(name, matchers);
      return limited(tombstones.isEmpty() ? all : hidden().values(name, all, matchers), limit);
    });
  }

  private HiddenSeries hidden() {
    return new HiddenSeries(index(), tombstones, minMs, maxMs);
  }

  private static List<String> limited(List<String> all, int limit) {
    return limit == 0 || all.size() <= limit ? all : List.copyOf(all.subList(0, limit));
  }

  private IndexReader index() {
    if (closed) {
      throw new IllegalStateException("BUG: the querier is closed");
    }
    return block.index();
  }

  /// Damage of a file is a failure of the storage to those who query.
  private static <T> T reading(Supplier<T> read) {
    try {
      return read.get();
    } catch (CorruptFileException e) {
      throw new StorageException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      ahead.forEach(ReadAhead::stop);
      block.release();
    }
  }
}
