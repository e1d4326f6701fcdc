package io.narthex.tsdb.index;

import io.narthex.io.bytes.BytesOut;
import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Labels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;

/// Writes an index file, version 2, from front to back: symbols, then series in label order, then
/// what was gathered of their labels. Memory: the symbols, and about twelve bytes for each label of
/// each series. Not thread-safe.
public final class IndexWriter implements AutoCloseable {

  private static final int VERSION = 2;
  private static final int POSTINGS_ALIGNMENT_BYTES = 4;

  private final SectionFile file;
  private final SymbolIds symbols;
  private final PostingsBuilder postings = new PostingsBuilder();
  private final BytesOut entry = new BytesOut(1024);
  private final long symbolsAt;
  private final long seriesAt;
  private Labels last = Labels.EMPTY;

  /// Begins the file with its symbols.
  ///
  /// @param sortedSymbols all names and values of the series to come, distinct, in UTF-8 order;
  ///   more of them do no harm
  public IndexWriter(Disk disk, Path path, Collection<String> sortedSymbols) {
    symbols = new SymbolIds(sortedSymbols);
    file = new SectionFile(disk, path);
    file.out().u32(IndexToc.MAGIC).u8(VERSION);
    symbolsAt = file.position();
    writeSymbols();
    seriesAt = file.position();
  }

  private void writeSymbols() {
    file.begin();
    file.out().u32(symbols.size());
    for (int i = 0; i < symbols.size(); i++) {
      file.out().uvarintString(symbols.symbol(i));
      file.flushIfLarge();
    }
    file.end();
  }

  /// Adds a series behind all that are less than it.
  public void addSeries(Labels labels, ChunkMetas chunks) {
    if (postings.seriesCount() > 0 && last.compareTo(labels) >= 0) {
      throw new IllegalStateException("BUG: series out of order: " + last + " before " + labels);
    }
    last = labels;
    file.align(IndexToc.SERIES_ALIGNMENT_BYTES);
    long id = file.position() / IndexToc.SERIES_ALIGNMENT_BYTES;
    if (id > 0xffff_ffffL) {
      throw new IllegalStateException(
          "the index exceeds 64 GiB, the most that its format can address");
    }
    postings.series((int) id);
    entry.clear();
    writeLabels(labels);
    writeChunks(chunks);
    int crc = entry.crc32c(0);
    file.out().uvarint(entry.length()).bytes(entry.array(), 0, entry.length()).u32(crc);
    file.flushIfLarge();
  }

  private void writeLabels(Labels labels) {
    int count = labels.size();
    entry.uvarint(count);
    for (int i = 0; i < count; i++) {
      int name = symbols.ordinal(labels.name(i));
      int value = symbols.ordinal(labels.value(i));
      entry.uvarint(name).uvarint(value);
      postings.label(name, value, i == count - 1);
    }
  }

  private void writeChunks(ChunkMetas chunks) {
    entry.uvarint(chunks.size());
    for (int i = 0; i < chunks.size(); i++) {
      if (i == 0) {
        entry.varint(chunks.minMs(i));
      } else {
        entry.uvarint(chunks.minMs(i) - chunks.maxMs(i - 1));
      }
      entry.uvarint(chunks.maxMs(i) - chunks.minMs(i));
      if (i == 0) {
        entry.uvarint(chunks.ref(i));
      } else {
        entry.varint(chunks.ref(i) - chunks.ref(i - 1));
      }
    }
  }

  /// How many series have been added.
  public int seriesCount() {
    return postings.seriesCount();
  }

  /// Writes the rest and makes it last.
  ///
  /// @return length of the file in bytes
  public long finish() {
    file.align(POSTINGS_ALIGNMENT_BYTES);
    long postingsAt = file.position();
    Table table = new Table();
    table.add(-1, -1, writePostings(postings.allSeries(), 0, postings.seriesCount()));
    postings.forEach(
        (name, value, ids, from, to) -> table.add(name, value, writePostings(ids, from, to)));
    long tableAt = file.position();
    table.write();
    new IndexToc(symbolsAt, seriesAt, 0, 0, postingsAt, tableAt).write(file.out());
    file.finish();
    return file.position();
  }

  private long writePostings(int[] ids, int from, int to) {
    file.align(POSTINGS_ALIGNMENT_BYTES);
    long at = file.position();
    file.begin();
    BytesOut out = file.out();
    out.u32(to - from);
    for (int i = from; i < to; i++) {
      out.u32(ids[i]);
    }
    file.end();
    file.flushIfLarge();
    return at;
  }

  @Override
  public void close() {
    file.close();
  }

  /// Where the postings of each pair lie, in order; ordinal -1 stands for the empty string.
  private final class Table {

    private int[] names = new int[1024];
    private int[] values = new int[1024];
    private long[] offsets = new long[1024];
    private int size;

    void add(int name, int value, long offset) {
      if (size == names.length) {
        names = Arrays.copyOf(names, size * 2);
        values = Arrays.copyOf(values, size * 2);
        offsets = Arrays.copyOf(offsets, size * 2);
      }
      names[size] = name;
      values[size] = value;
      offsets[size++] = offset;
    }

    void write() {
      file.begin();
      file.out().u32(size);
      for (int i = 0; i < size; i++) {
        file.out()
            .uvarint(2)
            .uvarintString(text(names[i]))
            .uvarintString(text(values[i]))
            .uvarint(offsets[i]);
        file.flushIfLarge();
      }
      file.end();
    }

    private String text(int ordinal) {
      return ordinal < 0 ? "" : symbols.symbol(ordinal);
    }
  }
}
