package io.narthex.tsdb.index;

import io.narthex.io.bytes.BytesIn;
import io.narthex.io.bytes.CorruptFileException;
import io.narthex.model.labels.Matcher;
import io.narthex.model.labels.Utf8Order;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Reads a mapped index file of version 1, 2 or 3. Immutable and safe for any thread, as long as
/// the arena of the map lives.
public final class IndexReader implements LabelIndex {

  private final String file;
  private final MemorySegment bytes;
  private final int version;
  private final Symbols symbols;
  private final PostingsTable table;

  /// Reads symbols and tables of contents.
  ///
  /// @param file name for messages
  /// @throws CorruptFileException if this is no index that can be read
  public IndexReader(String file, MemorySegment bytes) {
    this.file = file;
    this.bytes = bytes;
    if (bytes.byteSize() < IndexToc.HEADER_BYTES + IndexToc.TOC_BYTES) {
      throw new CorruptFileException(
          file, 0, "an index of " + bytes.byteSize() + " bytes is too short");
    }
    BytesIn in = new BytesIn(file, bytes);
    int magic = in.u32();
    if (magic != IndexToc.MAGIC) {
      throw new CorruptFileException(file, 0, "invalid magic number " + Integer.toHexString(magic));
    }
    version = in.u8();
    if (version < 1 || version > 3) {
      throw new CorruptFileException(file, 4, "unknown index file version " + version);
    }
    IndexToc toc = IndexToc.read(in);
    symbols = new Symbols(file, bytes, toc.symbols(), version == 1);
    table = new PostingsTable(file, bytes, toc.postingsTable(), version > 1);
  }

  String file() {
    return file;
  }

  MemorySegment bytes() {
    return bytes;
  }

  String symbol(long ref) {
    return symbols.get(ref);
  }

  long seriesOffset(long seriesId) {
    return version == 1 ? seriesId : seriesId * IndexToc.SERIES_ALIGNMENT_BYTES;
  }

  /// Version of the file, 1 to 3.
  public int version() {
    return version;
  }

  /// Memory that the symbols take beside the mapped file, without the strings themselves.
  public long symbolTableBytes() {
    return symbols.tableBytes();
  }

  /// All symbols in UTF-8 order.
  public List<String> symbols() {
    return symbols.all();
  }

  /// A window to read series through, one for each thread.
  public SeriesEntry newEntry() {
    return new SeriesEntry(this, new BytesIn(file, bytes));
  }

  @Override
  public Postings all() {
    return at(table.all());
  }

  @Override
  public Postings postings(String name, String value) {
    return at(table.find(name, value));
  }

  @Override
  public Postings postings(String name, String prefix, Predicate<String> wanted) {
    List<Postings> lists = new ArrayList<>();
    table.forEach(
        name,
        prefix,
        (value, offset) -> {
          if (!value.startsWith(prefix)) {
            return false;
          }
          if (!value.isEmpty() && wanted.test(value)) {
            lists.add(at(offset));
          }
          return true;
        });
    return Postings.union(lists);
  }

  private Postings at(long offset) {
    if (offset < 0) {
      return Postings.empty();
    }
    BytesIn in = new BytesIn(file, bytes, Math.min(offset, bytes.byteSize()), bytes.byteSize());
    long length = in.u32() & 0xffff_ffffL;
    long content = in.position();
    long count = in.u32() & 0xffff_ffffL;
    if (length != 4 + 4 * count) {
      throw new CorruptFileException(
          file, offset, "postings of " + length + " bytes that say they have " + count + " ids");
    }
    in.skip(4 * count).checkCrc32c(content);
    return new SegmentPostings(bytes, content + 4, Math.toIntExact(count));
  }

  /// How many values the label `name` has.
  public int labelValueCount(String name) {
    return table.valueCount(name);
  }

  /// Sorted names of labels of the series that fulfil all matchers.
  public List<String> labelNames(List<Matcher> matchers) {
    if (matchers.isEmpty()) {
      return table.names();
    }
    SeriesEntry entry = newEntry();
    TreeSet<String> names = new TreeSet<>(Utf8Order::compare);
    Postings found = MatcherResolver.resolve(this, matchers);
    for (long id = found.next(); id != Postings.END; id = found.next()) {
      names.addAll(entry.read(id).labels().names());
    }
    return List.copyOf(names);
  }

  /// Sorted values of the label `name` of the series that fulfil all matchers.
  public List<String> labelValues(String name, List<Matcher> matchers) {
    List<String> values = new ArrayList<>();
    if (matchers.isEmpty()) {
      table.forEach(name, "", (value, _) -> values.add(value));
      return values;
    }
    long[] ids = MatcherResolver.resolve(this, matchers).toArray();
    if (ids.length < table.valueCount(name)) {
      return valuesOf(name, ids);
    }
    table.forEach(
        name,
        "",
        (value, offset) -> {
          if (share(at(offset), ids)) {
            values.add(value);
          }
          return true;
        });
    return values;
  }

  private List<String> valuesOf(String name, long[] ids) {
    SeriesEntry entry = newEntry();
    TreeSet<String> values = new TreeSet<>(Utf8Order::compare);
    for (long id : ids) {
      String value = entry.read(id).label(name);
      if (!value.isEmpty()) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private static boolean share(Postings postings, long[] ids) {
    Postings wanted = Postings.of(ids, ids.length);
    return Postings.intersect(List.of(postings, wanted)).next() != Postings.END;
  }
}
