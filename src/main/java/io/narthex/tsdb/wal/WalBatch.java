package io.narthex.tsdb.wal;

import io.airlift.compress.v3.Compressor;
import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import io.narthex.io.bytes.BytesOut;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Records that are logged together. A record is encoded into {@link #record()} and closed with
/// {@link #seal}, which compresses it. Reusable; not thread-safe. Keeps about 32 KiB for the
/// compressor beside its buffers.
public final class WalBatch {

  /// A buffer that grew beyond this is given back after the batch.
  private static final int KEPT_BYTES = 1 << 20;

  private final @Nullable Compressor compressor;
  private final WalOptions.Compression compression;
  private final boolean starts;
  private BytesOut record = new BytesOut(4096);
  private byte[] stored = new byte[4096];
  private int storedLength;

  /// End of record i in `stored`, its flags in the next element.
  private int[] ends = new int[16];

  private int count;
  private SampleRecord samples = new SampleRecord();

  /// Records without start timestamps.
  public WalBatch(WalOptions.Compression compression) {
    this(compression, false);
  }

  /// Records for a log that is written like this.
  public WalBatch(WalOptions options) {
    this(options.compression(), options.starts());
  }

  private WalBatch(WalOptions.Compression compression, boolean starts) {
    this.compression = compression;
    this.starts = starts;
    compressor =
        switch (compression) {
          case NONE -> null;
          case SNAPPY -> new SnappyJavaCompressor();
          case ZSTD -> new ZstdJavaCompressor();
        };
  }

  /// Whether samples are logged with their start timestamps.
  boolean hasStarts() {
    return starts;
  }

  /// Where the next record is encoded; empty after `seal`.
  public BytesOut record() {
    return record;
  }

  /// Closes the record.
  public void seal() {
    seal(record.array(), record.length());
    record.clear();
  }

  /// A record of float samples `[first, end)`, without those whose reference is 0; that at `first`
  /// is none of them.
  void sealSamples(long[] refs, long[] timesMs, double[] values, int first, int end) {
    if (compression == WalOptions.Compression.SNAPPY) {
      samples.snappy(refs, timesMs, values, first, end);
    } else {
      samples.plain(refs, timesMs, values, first, end);
      if (compression == WalOptions.Compression.ZSTD) {
        seal(samples.array(), samples.end());
        return;
      }
    }
    int size = samples.end() - samples.start();
    room(size);
    System.arraycopy(samples.array(), samples.start(), stored, storedLength, size);
    add(size, flags());
  }

  private void seal(byte[] plain, int length) {
    int flags = 0;
    int size = -1;
    if (compressor != null && length > 0) {
      int most = compressor.maxCompressedLength(length);
      room(most);
      size = compressor.compress(plain, 0, length, stored, storedLength, most);
      flags = flags();
    }
    if (size < 0 || size >= length) {
      room(length);
      System.arraycopy(plain, 0, stored, storedLength, length);
      size = length;
      flags = 0;
    }
    add(size, flags);
  }

  private int flags() {
    return switch (compression) {
      case NONE -> 0;
      case SNAPPY -> WalFormat.SNAPPY;
      case ZSTD -> WalFormat.ZSTD;
    };
  }

  private void add(int size, int flags) {
    storedLength += size;
    if (2 * count + 2 > ends.length) {
      ends = Arrays.copyOf(ends, ends.length * 2);
    }
    ends[2 * count] = storedLength;
    ends[2 * count + 1] = flags;
    count++;
  }

  private void room(int more) {
    if (storedLength + more > stored.length) {
      stored = Arrays.copyOf(stored, Math.max(storedLength + more, stored.length * 2));
    }
  }

  /// Forgets all records.
  public void clear() {
    count = 0;
    storedLength = 0;
    record.clear();
    if (stored.length > KEPT_BYTES) {
      stored = new byte[4096];
      record = new BytesOut(4096);
      samples = new SampleRecord();
    }
  }

  /// How many records were sealed.
  public int size() {
    return count;
  }

  byte[] bytes() {
    return stored;
  }

  int start(int i) {
    return i == 0 ? 0 : ends[2 * i - 2];
  }

  int end(int i) {
    return ends[2 * i];
  }

  int flags(int i) {
    return ends[2 * i + 1];
  }

  /// Most bytes that the batch takes in a segment.
  long framedBytes() {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += WalFormat.framedBytes(end(i) - start(i));
    }
    return sum;
  }
}
