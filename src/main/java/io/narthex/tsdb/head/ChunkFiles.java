package io.narthex.tsdb.head;

import io.narthex.io.bytes.BytesOut;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.DiskFile;
import java.lang.System.Logger;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The folder `chunks_head/`: finished chunks of the head, appended to files of at most 128 MiB and
/// read through memory maps. Format: {@link ChunkRecord}.
///
/// What was appended last waits in memory until there is enough for one write, or somebody asks; it
/// is also in the write-ahead log, so a crash does not lose it. A write that fails is tried again
/// with the next one. Appending is done by one thread (under the head's commit lock), reading by
/// any.
final class ChunkFiles implements AutoCloseable {

  static final int FILE_BYTES = 128 * 1024 * 1024;

  private static final Logger LOG = System.getLogger(ChunkFiles.class.getName());
  static final int FLUSH_BYTES = 1024 * 1024;

  private final Disk disk;
  private final Path directory;
  private final Executor background;
  private final HeadMemory memory;
  private final BytesOut buffer = new BytesOut(64 * 1024);

  /// By number; a copy is made for each change.
  private volatile List<MappedChunks> files = List.of();

  private @Nullable DiskFile file;
  private int number;

  /// Bytes of the current file that are in the file; what follows is in `buffer`.
  private long flushedBytes;

  /// Whether this run has a file of its own; those of earlier runs are only read.
  private boolean begun;

  private boolean failing;
  private long appended;
  private long deletedBytes;

  ChunkFiles(Disk disk, Path directory, HeadMemory memory, Executor background) {
    this.disk = disk;
    this.directory = directory;
    this.background = background;
    this.memory = memory;
    disk.createDirectories(directory);
  }

  static Path path(Path directory, int number) {
    return directory.resolve(String.format(Locale.ROOT, "%06d", number));
  }

  /// Takes over a file of an earlier run. New chunks go to files behind it.
  void adopt(MappedChunks mapped) {
    List<MappedChunks> more = new ArrayList<>(files);
    more.add(mapped);
    files = List.copyOf(more);
    number = Math.max(number, mapped.number());
    memory.chunkFile(mapped.number(), disk.sizeBytes(mapped.path()));
  }

  /// Appends a chunk of the series `ref` and returns where it is.
  ///
  /// @param minMs time of the first sample
  /// @param maxMs time of the last sample
  synchronized long append(
      long ref, long minMs, long maxMs, int encoding, byte[] data, int lengthBytes) {
    int size = ChunkRecord.sizeBytes(lengthBytes);
    if (!begun || end() + size > FILE_BYTES) {
      nextFile();
    }
    appended++;
    int known =
        buffer.length() == ChunkRecord.HEADER_BYTES && flushedBytes == 0 ? 0 : buffer.length();
    long chunkRef = (long) number << 32 | end();
    ChunkRecord.write(buffer, ref, minMs, maxMs, encoding, data, lengthBytes);
    memory.chunksWait(flushedBytes, buffer.array(), known, buffer.length());
    if (buffer.length() >= FLUSH_BYTES) {
      tryFlush();
    }
    return chunkRef;
  }

  private long end() {
    return flushedBytes + buffer.length();
  }

  /// Begins a new file, which is made when there is something to write. Where the disk does not
  /// take the rest of the old one, chunks go on gathering behind it.
  private void nextFile() {
    if (buffer.length() > 0 && !tryFlush()) {
      return;
    }
    DiskFile finished = file;
    file = null;
    number++;
    flushedBytes = 0;
    memory.chunkFile(number);
    ChunkRecord.writeHeader(buffer);
    List<MappedChunks> more = new ArrayList<>(files);
    more.add(new MappedChunks(number, path(directory, number), MemorySegment.NULL));
    files = List.copyOf(more);
    begun = true;
    if (finished != null) {
      background.execute(() -> finish(finished));
    }
  }

  private static void finish(DiskFile finished) {
    try (finished) {
      finished.fsync();
    } catch (DiskException e) {
      LOG.log(
          Logger.Level.WARNING,
          "a file of head chunks may not survive a power loss: {0}",
          e.getMessage());
    }
  }

  private boolean tryFlush() {
    try {
      flush();
      return true;
    } catch (DiskException e) {
      if (!failing) {
        failing = true;
        LOG.log(
            Logger.Level.ERROR,
            "head chunks stay in memory until they can be written: {0}",
            e.getMessage());
      }
      return false;
    }
  }

  /// Writes what waits in memory.
  ///
  /// @throws DiskException if it could not be written; it is kept
  synchronized void flush() {
    if (buffer.length() == 0) {
      return;
    }
    DiskFile current = file;
    if (current == null) {
      current = disk.create(path(directory, number));
      file = current;
    }
    if (current.position() != flushedBytes) {
      current.truncate(flushedBytes);
    }
    current.write(ByteBuffer.wrap(buffer.array(), 0, buffer.length()));
    flushedBytes += buffer.length();
    memory.chunkFile(number, flushedBytes);
    buffer.clear();
    memory.chunksWait(flushedBytes, buffer.array(), 0, 0);
    failing = false;
  }

  /// Puts the chunk at `chunkRef` into `view`; false if its file is gone because all of it is older
  /// than the head.
  boolean read(long chunkRef, ChunkView view) {
    int wanted = (int) (chunkRef >>> 32);
    long offset = chunkRef & 0xffff_ffffL;
    MappedChunks mapped = find(wanted);
    if (mapped == null) {
      return false;
    }
    MemorySegment bytes = mapped.bytes();
    if (offset < bytes.byteSize()) {
      view.read(mapped.path(), bytes, offset);
      return true;
    }
    return readNew(mapped, offset, view);
  }

  /// A chunk that was written after the file was mapped, or waits in memory.
  private synchronized boolean readNew(MappedChunks mapped, long offset, ChunkView view) {
    if (begun && mapped.number() == number && offset >= flushedBytes) {
      MemorySegment waiting =
          MemorySegment.ofArray(buffer.array()).asSlice(0, buffer.length()).asReadOnly();
      view.read(mapped.path(), waiting, offset - flushedBytes);
      view.detach();
      return true;
    }
    MemorySegment bytes = mapped.bytes();
    if (offset >= bytes.byteSize()) {
      unload(bytes);
      bytes = disk.map(mapped.path(), Arena.ofAuto());
      mapped.remap(bytes);
    }
    view.read(mapped.path(), bytes, offset);
    return true;
  }

  private @Nullable MappedChunks find(int wanted) {
    List<MappedChunks> known = files;
    for (int i = known.size() - 1; i >= 0; i--) {
      if (known.get(i).number() == wanted) {
        return known.get(i);
      }
    }
    return null;
  }

  /// Whether the file of a chunk is still there.
  boolean has(long chunkRef) {
    return find((int) (chunkRef >>> 32)) != null;
  }

  /// Chunks that were appended in this run.
  synchronized long appended() {
    return appended;
  }

  /// Number of the file that is being written, 0 if there is none yet.
  int currentFile() {
    return number;
  }

  /// Deletes the files numbered below `firstKept`; readers that still have one mapped go on. The
  /// disk has the room again once the maps are gone, too, with the next collection of the heap.
  synchronized void deleteBefore(int firstKept) {
    memory.chunkFilesBefore(Math.min(firstKept, number));
    List<MappedChunks> kept = new ArrayList<>();
    for (MappedChunks mapped : files) {
      if (mapped.number() < firstKept && mapped.number() < number) {
        disk.delete(mapped.path());
        deletedBytes += mapped.bytes().byteSize();
      } else {
        kept.add(mapped);
      }
    }
    files = List.copyOf(kept);
  }

  /// How much of the deleted files of this run was mapped when they were deleted.
  synchronized long deletedBytes() {
    return deletedBytes;
  }

  /// Lets go of the memory that reading the files has taken, as after a walk through all of them:
  /// what is needed again comes from the page cache.
  void unload() {
    for (MappedChunks mapped : files) {
      unload(mapped.bytes());
    }
  }

  private static void unload(MemorySegment bytes) {
    if (bytes.isMapped()) {
      bytes.unload();
    }
  }

  /// Writes and closes.
  @Override
  public synchronized void close() {
    flush();
    DiskFile last = file;
    if (last != null) {
      try (last) {
        last.fsync();
      }
      file = null;
    }
  }
}
