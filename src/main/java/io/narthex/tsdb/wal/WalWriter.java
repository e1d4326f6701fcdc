package io.narthex.tsdb.wal;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.DiskFile;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/// Appends batches to a log. A batch is in the file when `log` returns; a batch that could not be
/// written whole is cut off again before anything else is written, so the log never holds garbage
/// in its middle. Always begins a new segment: what an earlier process left behind is only read.
///
/// Not thread-safe: the head calls it under its commit lock.
public final class WalWriter implements AutoCloseable {

  private static final Logger LOG = System.getLogger(WalWriter.class.getName());
  private static final int BUFFER_BYTES = 4 * WalFormat.PAGE_BYTES;

  private final Disk disk;
  private final Path directory;
  private final WalOptions options;
  private final WalMetrics metrics;
  private final Executor background;
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final CRC32C crc = new CRC32C();

  private DiskFile file;
  private int segment;

  /// Bytes of whole batches in the current segment.
  private long committedBytes;

  /// Bytes given to `out` for the current segment; equal to `committedBytes` between batches.
  private long framedBytes;

  /// Told where the log ends.
  private LongConsumer follower = position -> {};

  private boolean torn;
  private boolean closed;

  private WalWriter(
      Disk disk,
      Path directory,
      WalOptions options,
      WalMetrics metrics,
      Executor background,
      int segment) {
    this.disk = disk;
    this.directory = directory;
    this.options = options;
    this.metrics = metrics;
    this.background = background;
    this.segment = segment;
    this.file = disk.create(WalFiles.segment(directory, segment));
    metrics.segment(segment);
  }

  /// A writer that begins the segment after the last one there.
  ///
  /// @param background where finished segments are made durable
  public static WalWriter open(
      Disk disk, Path directory, WalOptions options, WalMetrics metrics, Executor background) {
    disk.createDirectories(directory);
    List<WalFiles.Numbered> segments = WalFiles.segments(disk, directory);
    WalFiles.Numbered checkpoint = WalFiles.lastCheckpoint(disk, directory);
    int last = checkpoint == null ? -1 : checkpoint.number();
    if (!segments.isEmpty()) {
      last = Math.max(last, segments.getLast().number());
    }
    return new WalWriter(disk, directory, options, metrics, background, last + 1);
  }

  /// Number of the segment that is being written.
  public int segment() {
    return segment;
  }

  /// Where the log ends, as {@link WalPosition} packs it; also of a closed one.
  public long end() {
    return WalPosition.of(segment, committedBytes);
  }

  /// Tells `newFollower` where the log ends, now and whenever that has changed: as {@link
  /// WalPosition} packs it.
  public void follow(LongConsumer newFollower) {
    follower = newFollower;
    tellEnd();
  }

  private void tellEnd() {
    follower.accept(end());
  }

  /// Writes all records of the batch.
  ///
  /// @throws DiskException if they are not in the log; the writer can be used again, and tries to
  ///   heal what is torn
  public void log(WalBatch batch) {
    if (closed) {
      throw new DiskException("write " + directory + ": the log is closed");
    }
    heal();
    try {
      if (committedBytes > 0 && committedBytes + batch.framedBytes() > options.segmentBytes()) {
        cut();
      }
      for (int i = 0; i < batch.size(); i++) {
        frame(batch.bytes(), batch.start(i), batch.end(i), batch.flags(i));
      }
      flush();
      metrics.written(committedBytes, framedBytes, batch.size());
      committedBytes = framedBytes;
      tellEnd();
    } catch (DiskException e) {
      metrics.writeFailed();
      torn = true;
      tryHeal();
      throw e;
    }
  }

  private void frame(byte[] bytes, int start, int end, int flags) {
    if (end - start > leftForRecord()) {
      flush();
      committedBytes = framedBytes;
      cut();
    }
    int at = start;
    boolean first = true;
    do {
      int inPage = (int) (framedBytes % WalFormat.PAGE_BYTES);
      int room = WalFormat.PAGE_BYTES - inPage - WalFormat.HEADER_BYTES;
      if (room < 0) {
        pad(WalFormat.PAGE_BYTES - inPage);
        continue;
      }
      int length = Math.min(end - at, room);
      boolean last = at + length == end;
      int type =
          first
              ? last ? WalFormat.FULL : WalFormat.FIRST
              : last ? WalFormat.LAST : WalFormat.MIDDLE;
      fragment(type | flags, bytes, at, length);
      at += length;
      // Not `at == start`: seven bytes at a page's end take a first fragment without data.
      first = false;
      if (last) {
        return;
      }
    } while (true);
  }

  /// Bytes of one record that still fit in the segment.
  private long leftForRecord() {
    long pages = options.segmentBytes() / WalFormat.PAGE_BYTES;
    long page = framedBytes / WalFormat.PAGE_BYTES;
    long inPage = framedBytes % WalFormat.PAGE_BYTES;
    long here = Math.max(0, WalFormat.PAGE_BYTES - inPage - WalFormat.HEADER_BYTES);
    return here + (pages - page - 1) * (WalFormat.PAGE_BYTES - WalFormat.HEADER_BYTES);
  }

  private void fragment(int type, byte[] bytes, int offset, int length) {
    if (out.remaining() < WalFormat.HEADER_BYTES + length) {
      flush();
    }
    crc.reset();
    crc.update(bytes, offset, length);
    out.put((byte) type).putShort((short) length).putInt((int) crc.getValue());
    out.put(bytes, offset, length);
    framedBytes += WalFormat.HEADER_BYTES + length;
  }

  private void pad(int count) {
    if (out.remaining() < count) {
      flush();
    }
    for (int i = 0; i < count; i++) {
      out.put((byte) 0);
    }
    framedBytes += count;
  }

  private void flush() {
    if (out.position() > 0) {
      out.flip();
      try {
        file.write(out);
        metrics.pageFlushed();
      } finally {
        out.clear();
      }
    }
  }

  /// Ends the current segment and begins the next one; what was logged goes to the disk's platter
  /// in the background.
  public void cut() {
    heal();
    int inPage = (int) (framedBytes % WalFormat.PAGE_BYTES);
    if (inPage > 0) {
      pad(WalFormat.PAGE_BYTES - inPage);
      flush();
      committedBytes = framedBytes;
    }
    DiskFile next = disk.create(WalFiles.segment(directory, segment + 1));
    DiskFile finished = file;
    int number = segment;
    file = next;
    segment++;
    committedBytes = 0;
    framedBytes = 0;
    tellEnd();
    metrics.segment(segment);
    background.execute(() -> finish(finished, number));
  }

  private void finish(DiskFile finished, int number) {
    try (finished) {
      metrics.timeFsync(finished::fsync);
    } catch (DiskException e) {
      LOG.log(
          Logger.Level.ERROR,
          "WAL segment {0} may not survive a power loss: {1}",
          number,
          e.getMessage());
    }
  }

  private void tryHeal() {
    try {
      heal();
    } catch (DiskException e) {
      LOG.log(
          Logger.Level.WARNING,
          "a failed write could not be cut off, the next one tries again: {0}",
          e.getMessage());
    }
  }

  private void heal() {
    if (torn) {
      out.clear();
      framedBytes = committedBytes;
      file.truncate(committedBytes);
      torn = false;
    }
  }

  /// Makes everything durable and closes.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (DiskFile last = file) {
      heal();
      metrics.timeFsync(last::fsync);
    }
  }
}
