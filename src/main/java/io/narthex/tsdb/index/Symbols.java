package io.narthex.tsdb.index;

import io.narthex.io.bytes.BytesIn;
import io.narthex.io.bytes.CorruptFileException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The strings of an index, made when they are first asked for; each is always the same object. A
/// reference is an ordinal, in version 1 an offset in the file. Safe for any thread.
final class Symbols {

  /// Every so-maniest symbol's offset is kept; the others are found by walking.
  private static final int SAMPLE = 16;

  private final String file;
  private final MemorySegment bytes;
  private final long end;
  private final int count;
  private final long start;
  private final int[] sampledOffsets;
  private final AtomicReferenceArray<String> strings;
  private final boolean byOffset;
  private final ConcurrentMap<Long, String> stringsByOffset = new ConcurrentHashMap<>();

  Symbols(String file, MemorySegment bytes, long at, boolean byOffset) {
    this.file = file;
    this.bytes = bytes;
    this.byOffset = byOffset;
    BytesIn in = new BytesIn(file, bytes, Math.min(at, bytes.byteSize()), bytes.byteSize());
    long length = in.u32() & 0xffff_ffffL;
    long content = in.position();
    in.skip(length).checkCrc32c(content);
    end = content + length;
    in.seek(content, end);
    count = in.u32();
    start = in.position();
    if (count < 0 || count > length) {
      throw new CorruptFileException(file, content, "a symbol count of " + count);
    }
    sampledOffsets = new int[count / SAMPLE + 1];
    strings = new AtomicReferenceArray<>(byOffset ? 0 : count);
    for (int i = 0; i < count; i++) {
      if (i % SAMPLE == 0) {
        sampledOffsets[i / SAMPLE] = (int) (in.position() - start);
      }
      in.skip(in.uvarint31());
    }
  }

  /// Memory of the tables beside the mapped file.
  long tableBytes() {
    return (long) Integer.BYTES * (sampledOffsets.length + strings.length());
  }

  int count() {
    return count;
  }

  /// The string that `ref` stands for.
  String get(long ref) {
    if (byOffset) {
      return stringsByOffset.computeIfAbsent(ref, this::readAt);
    }
    if (ref < 0 || ref >= count) {
      throw new CorruptFileException(file, start, "there is no symbol " + ref + " among " + count);
    }
    int ordinal = (int) ref;
    String known = strings.getAcquire(ordinal);
    if (known != null) {
      return known;
    }
    String read = read(ordinal);
    String other = strings.compareAndExchange(ordinal, null, read);
    return other == null ? read : other;
  }

  private String readAt(long offset) {
    return new BytesIn(file, bytes, offset, Math.max(offset, end)).uvarintString();
  }

  private String read(int ordinal) {
    long from = start + (sampledOffsets[ordinal / SAMPLE] & 0xffff_ffffL);
    BytesIn in = new BytesIn(file, bytes, from, end);
    for (int i = ordinal % SAMPLE; i > 0; i--) {
      in.skip(in.uvarint31());
    }
    return in.uvarintString();
  }

  /// All symbols in the order of the file, which is UTF-8 order.
  List<String> all() {
    List<String> all = new ArrayList<>(count);
    BytesIn in = new BytesIn(file, bytes, start, end);
    for (int i = 0; i < count; i++) {
      if (byOffset) {
        all.add(in.uvarintString());
      } else {
        in.skip(in.uvarint31());
        all.add(get(i));
      }
    }
    return all;
  }
}
