package io.narthex.tsdb.block;

import io.narthex.storage.Series;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.index.Postings;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The series of a selection, read one by one as they are asked for.
final class FoundSeries implements SeriesSet {

  private final Postings postings;
  private final BlockSeriesReader reader;
  private int left;
  private @Nullable BlockSeries current;

  /// @param limit how many series at most
  FoundSeries(Postings postings, BlockSeriesReader reader, int limit) {
    this.postings = postings;
    this.reader = reader;
    left = limit;
  }

  @Override
  public boolean next() {
    current = null;
    while (left > 0 && current == null) {
      long id = BlockSeriesReader.next(postings);
      if (id == Postings.END) {
        return false;
      }
      current = reader.read(id);
    }
    left--;
    return current != null;
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
