package io.narthex.tsdb.index;

import io.narthex.io.bytes.BytesIn;
import io.narthex.model.labels.Utf8Order;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where the postings of each label pair lie. The table stays in the file; memory holds where every
/// 32nd of its entries begins, name by name. Immutable, safe for any thread.
final class PostingsTable {

  private static final int SAMPLE = 32;

  private final String file;
  private final MemorySegment bytes;
  private final long start;
  private final long end;
  private final Map<String, Name> names = new HashMap<>();
  private final List<String> sortedNames = new ArrayList<>();

  /// @param sorted whether the table is sorted; version 1 did not promise it
  PostingsTable(String file, MemorySegment bytes, long at, boolean sorted) {
    this.file = file;
    this.bytes = bytes;
    BytesIn in = new BytesIn(file, bytes, Math.min(at, bytes.byteSize()), bytes.byteSize());
    long length = in.u32() & 0xffff_ffffL;
    start = in.position();
    in.skip(length).checkCrc32c(start);
    end = start + length;
    in.seek(start, end);
    scan(in, sorted);
    names.keySet().stream().filter(n -> !n.isEmpty()).forEach(sortedNames::add);
    sortedNames.sort(Utf8Order::compare);
  }

  private void scan(BytesIn in, boolean sorted) {
    long count = in.u32() & 0xffff_ffffL;
    byte[] currentUtf8 = {};
    Name current = null;
    for (long i = 0; i < count; i++) {
      long entryAt = in.position();
      keys(in);
      long nameAt = in.position();
      if (current == null || in.compareUvarintString(currentUtf8) != 0) {
        in.seek(nameAt, end);
        String name = in.uvarintString();
        currentUtf8 = name.getBytes(StandardCharsets.UTF_8);
        current = names.computeIfAbsent(name, _ -> new Name(sorted ? SAMPLE : 1));
      }
      current.add((int) (entryAt - start));
      in.skip(in.uvarint31());
      in.uvarint();
    }
    if (!sorted) {
      names.values().forEach(this::sort);
    }
  }

  private static void keys(BytesIn in) {
    if (in.u8() != 2) {
      throw in.corrupt("a postings table entry does not have two keys");
    }
  }

  private void sort(Name name) {
    Integer[] offsets = new Integer[name.count];
    Arrays.setAll(offsets, i -> name.sampled[i]);
    Arrays.sort(offsets, (a, b) -> Utf8Order.compare(valueAt(a), valueAt(b)));
    Arrays.setAll(name.sampled, i -> i < offsets.length ? offsets[i] : 0);
  }

  private String valueAt(int offset) {
    BytesIn in = entry(offset);
    return in.uvarintString();
  }

  /// A reader that stands before the value of an entry.
  private BytesIn entry(int offset) {
    BytesIn in = new BytesIn(file, bytes, start + (offset & 0xffff_ffffL), end);
    skipToValue(in);
    return in;
  }

  private static void skipToValue(BytesIn in) {
    keys(in);
    in.skip(in.uvarint31());
  }

  /// Label names in order, without the empty one that stands for all series.
  List<String> names() {
    return sortedNames;
  }

  /// How many values the label `name` has.
  int valueCount(String name) {
    Name entries = names.get(name);
    return entries == null ? 0 : entries.count;
  }

  /// Offset of the postings of a pair, or -1 if there are none.
  long find(String name, String value) {
    Name entries = names.get(name);
    if (entries == null) {
      return -1;
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    int sample = entries.floor(this, utf8);
    if (sample < 0) {
      return -1;
    }
    BytesIn in = entry(entries.sampled[sample]);
    int last = Math.min(entries.count, (sample + 1) * entries.every);
    for (int i = sample * entries.every; i < last; i++) {
      if (i > sample * entries.every) {
        skipToValue(in);
      }
      int order = in.compareUvarintString(utf8);
      long offset = in.uvarint();
      if (order >= 0) {
        return order == 0 ? offset : -1;
      }
    }
    return -1;
  }

  /// Visits the values of `name` that are not less than `from`, in order, until the visitor has
  /// enough.
  void forEach(String name, String from, ValueVisitor visitor) {
    Name entries = names.get(name);
    if (entries == null) {
      return;
    }
    byte[] utf8 = from.getBytes(StandardCharsets.UTF_8);
    int sample = utf8.length == 0 ? 0 : Math.max(0, entries.floor(this, utf8));
    BytesIn in = new BytesIn(file, bytes, start, end);
    for (int i = sample * entries.every; i < entries.count; i++) {
      if (i % entries.every == 0) {
        in.seek(start + (entries.sampled[i / entries.every] & 0xffff_ffffL), end);
      }
      skipToValue(in);
      String value = in.uvarintString();
      long offset = in.uvarint();
      if (Utf8Order.compare(value, from) >= 0 && !visitor.visit(value, offset)) {
        return;
      }
    }
  }

  /// Takes a value and where its postings lie; says whether it wants more.
  interface ValueVisitor {
    boolean visit(String value, long postingsAt);
  }

  /// The entries of one label name.
  private static final class Name {

    final int every;
    int[] sampled = new int[4];
    int count;

    Name(int every) {
      this.every = every;
    }

    void add(int offset) {
      if (count % every == 0) {
        int sample = count / every;
        if (sample == sampled.length) {
          sampled = Arrays.copyOf(sampled, sample * 2);
        }
        sampled[sample] = offset;
      }
      count++;
    }

    /// The last sample whose value is not greater than `utf8`; -1 if all are greater.
    int floor(PostingsTable table, byte[] utf8) {
      int low = -1;
      int high = (count + every - 1) / every;
      while (high - low > 1) {
        int middle = (low + high) >>> 1;
        if (table.entry(sampled[middle]).compareUvarintString(utf8) <= 0) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  /// The postings of all series, or -1 if the table does not say.
  long all() {
    return find("", "");
  }
}
