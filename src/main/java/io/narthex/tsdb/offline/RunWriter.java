package io.narthex.tsdb.offline;

import io.narthex.io.bytes.BytesOut;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskFile;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Writes a run: collected samples sorted by block, then series. Not thread-safe.
///
/// A series in a block is `length of key <uvarint> | key | samples <uvarint>`, and of each sample
/// `time <varint, against the one before> | value <8> | commit <uvarint, against the one before>`.
/// There is no checksum: the file is gone when the tool is.
final class RunWriter implements AutoCloseable {

  private static final int FLUSH_BYTES = 1 << 20;

  private final Path path;
  private final DiskFile file;
  private final BytesOut out = new BytesOut(FLUSH_BYTES + (1 << 14));
  private final NavigableMap<Long, Long> starts = new TreeMap<>();
  private long block;
  private long lastMs;
  private int lastCommit;

  RunWriter(Disk disk, Path path) {
    this.path = path;
    file = disk.create(path);
  }

  /// Begins a series; its `samples` samples come next.
  ///
  /// @param ofBlock begin of its block
  void series(long ofBlock, byte[] keys, int keyStart, int keyEnd, int samples) {
    if (starts.isEmpty() || ofBlock != block) {
      block = ofBlock;
      starts.put(block, position());
    }
    out.uvarint(keyEnd - keyStart).bytes(keys, keyStart, keyEnd - keyStart).uvarint(samples);
    lastMs = 0;
    lastCommit = 0;
  }

  void sample(long tMs, double value, int commit) {
    out.varint(tMs - lastMs).f64(value).uvarint(commit - lastCommit);
    lastMs = tMs;
    lastCommit = commit;
    if (out.length() >= FLUSH_BYTES) {
      flush();
    }
  }

  private long position() {
    return file.position() + out.length();
  }

  private void flush() {
    file.write(out.toByteBuffer());
    out.clear();
  }

  /// Writes the rest.
  Run finish() {
    flush();
    return new Run(path, starts, file.position());
  }

  @Override
  public void close() {
    file.close();
  }
}
