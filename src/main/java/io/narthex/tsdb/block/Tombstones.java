package io.narthex.tsdb.block;

import io.narthex.io.bytes.BytesIn;
import io.narthex.io.bytes.BytesOut;
import io.narthex.io.disk.Disk;
import io.narthex.storage.SampleBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Which spans of which series are deleted. Immutable. The file is `magic <4> | version <1> |
/// (series <uvarint> | first <varint> | last <varint>)* | crc32c <4>`, the checksum over the
/// entries.
final class Tombstones {

  static final String FILE_NAME = "tombstones";
  static final Tombstones NONE = new Tombstones(new TreeMap<>());

  private static final int MAGIC = 0x0130BA30;
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 5;
  private static final long[] NOTHING = {};

  /// By series: first, last, first, last ... both inclusive, apart, ascending.
  private final Map<Long, long[]> spans;

  private Tombstones(Map<Long, long[]> spans) {
    this.spans = spans;
  }

  /// Reads the file in a block's folder; without one nothing is deleted.
  static Tombstones read(Disk disk, Path blockDirectory) {
    Path file = blockDirectory.resolve(FILE_NAME);
    if (!disk.exists(file)) {
      return NONE;
    }
    byte[] bytes = disk.read(file);
    BytesIn in = BytesIn.of(file.toString(), bytes);
    int magic = in.u32();
    if (magic != MAGIC) {
      throw in.seek(0, 0).corrupt("invalid magic number " + Integer.toHexString(magic));
    }
    int version = in.u8();
    if (version != VERSION) {
      throw in.corrupt("invalid tombstone format " + version);
    }
    int end = Math.max(HEADER_BYTES, bytes.length - 4);
    in.skip(end - HEADER_BYTES).checkCrc32c(HEADER_BYTES);
    in.seek(HEADER_BYTES, end);
    Tombstones tombstones = NONE;
    Map<Long, long[]> spans = new TreeMap<>();
    while (in.hasRemaining()) {
      long series = in.uvarint();
      long firstMs = in.varint();
      long lastMs = in.varint();
      spans.merge(
          series, new long[] {firstMs, lastMs}, (known, span) -> plus(known, span[0], span[1]));
      tombstones = new Tombstones(spans);
    }
    return tombstones;
  }

  /// Writes the file in a block's folder, in one step.
  void write(Disk disk, Path blockDirectory) {
    BytesOut out = new BytesOut().u32(MAGIC).u8(VERSION);
    spans.forEach((series, times) -> {
      for (int i = 0; i < times.length; i += 2) {
        out.uvarint(series).varint(times[i]).varint(times[i + 1]);
      }
    });
    out.u32(out.crc32c(HEADER_BYTES));
    disk.replace(blockDirectory.resolve(FILE_NAME), out.toByteArray());
  }

  /// These and one span more.
  Tombstones with(Map<Long, long[]> more) {
    Map<Long, long[]> all = new TreeMap<>(spans);
    more.forEach((series, span) -> all.merge(series, span, (known, s) -> plus(known, s[0], s[1])));
    return new Tombstones(all);
  }

  /// How many spans there are.
  long count() {
    return spans.values().stream().mapToLong(times -> times.length / 2).sum();
  }

  boolean isEmpty() {
    return spans.isEmpty();
  }

  /// Hands all spans to `sink`, by series, as {@link #of} gives them.
  void forEach(BiConsumer<Long, long[]> sink) {
    spans.forEach(sink);
  }

  /// Deleted spans of a series: first, last, first, last ... both inclusive, ascending.
  long[] of(long series) {
    return spans.isEmpty() ? NOTHING : spans.getOrDefault(series, NOTHING);
  }

  /// Joins a span with those that it touches.
  private static long[] plus(long[] known, long firstMs, long lastMs) {
    long[] joined = new long[known.length + 2];
    long first = firstMs;
    long last = lastMs;
    int n = 0;
    int i = 0;
    while (i < known.length && known[i + 1] < first && known[i + 1] + 1 < first) {
      joined[n++] = known[i++];
      joined[n++] = known[i++];
    }
    while (i < known.length && (last == Long.MAX_VALUE || known[i] <= last + 1)) {
      first = Math.min(first, known[i]);
      last = Math.max(last, known[i + 1]);
      i += 2;
    }
    joined[n++] = first;
    joined[n++] = last;
    System.arraycopy(known, i, joined, n, known.length - i);
    return Arrays.copyOf(joined, n + known.length - i);
  }

  /// Whether all of `[minMs, maxMs]` is deleted.
  static boolean covers(long[] spans, long minMs, long maxMs) {
    for (int i = 0; i < spans.length; i += 2) {
      if (spans[i] <= minMs && maxMs <= spans[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /// Whether something in `[minMs, maxMs]` is deleted.
  static boolean touches(long[] spans, long minMs, long maxMs) {
    for (int i = 0; i < spans.length; i += 2) {
      if (spans[i] <= maxMs && minMs <= spans[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /// Takes the deleted samples out of `[from, size)` of a buffer.
  static void remove(long[] spans, SampleBuffer samples, int from) {
    int n = from;
    int span = 0;
    for (int i = from; i < samples.size; i++) {
      long time = samples.timesMs[i];
      while (span < spans.length && spans[span + 1] < time) {
        span += 2;
      }
      if (span == spans.length || time < spans[span]) {
        samples.move(i, n++);
      }
    }
    samples.truncate(n);
  }
}
