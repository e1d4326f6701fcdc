package io.narthex.tsdb.block;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.SelectHints;
import io.narthex.storage.Series;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.index.ChunkMetas;
import io.narthex.tsdb.index.IndexReader;
import io.narthex.tsdb.index.MatcherResolver;
import io.narthex.tsdb.index.Postings;
import io.narthex.tsdb.index.SeriesEntry;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads a span of one block. Series come in label order, because the index has them so.
final class BlockQuerier implements Querier {

  private final Block block;
  private final Tombstones tombstones;
  private final long minMs;
  private final long maxMs;
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
      return new FoundSeries(found, hints.limit() == 0 ? Integer.MAX_VALUE : hints.limit());
    });
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
      block.release();
    }
  }

  /// The series of a selection that have chunks in the querier's span.
  private final class FoundSeries implements SeriesSet {

    private final Postings postings;
    private final SeriesEntry entry = index().newEntry();
    private int left;
    private @Nullable BlockSeries current;

    FoundSeries(Postings postings, int limit) {
      this.postings = postings;
      this.left = limit;
    }

    @Override
    public boolean next() {
      current = null;
      try {
        while (left > 0) {
          long id = postings.next();
          if (id == Postings.END) {
            return false;
          }
          if (found(id)) {
            left--;
            return true;
          }
        }
        return false;
      } catch (CorruptFileException e) {
        throw new StorageException(String.valueOf(e.getMessage()), e);
      }
    }

    private boolean found(long id) {
      long[] deleted = tombstones.of(id);
      ChunkMetas metas = entry.read(id).chunks(minMs, maxMs);
      long[] chunks = new long[3 * metas.size()];
      int n = 0;
      for (int i = 0; i < metas.size(); i++) {
        if (!Tombstones.covers(deleted, metas.minMs(i), metas.maxMs(i))) {
          chunks[n++] = metas.minMs(i);
          chunks[n++] = metas.maxMs(i);
          chunks[n++] = metas.ref(i);
        }
      }
      if (n == 0) {
        return false;
      }
      current = new BlockSeries(entry.labels(), block.chunks(), chunks, n, deleted);
      return true;
    }

    @Override
    public Series at() {
      BlockSeries series = current;
      if (series == null) {
        throw new NoSuchElementException("BUG: at() without a next() that returned true");
      }
      return series;
    }
  }
}
