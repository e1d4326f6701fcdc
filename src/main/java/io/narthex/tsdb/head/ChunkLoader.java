package io.narthex.tsdb.head;

import io.narthex.io.bytes.BytesIn;
import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskFile;
import java.lang.System.Logger;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// Reads the chunk files of an earlier run. A file is good up to its first bad record; what would
/// follow comes from the log again.
final class ChunkLoader {

  private static final Logger LOG = System.getLogger(ChunkLoader.class.getName());

  private final Disk disk;
  private final Path directory;

  ChunkLoader(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /// A chunk and where it is.
  interface ChunkSink {
    void chunk(long chunkRef, ChunkView view);
  }

  /// Hands all chunks to `sink` and all files to `adopt`, in order. Deletes what lies behind
  /// something corrupt.
  ///
  /// @return whether something was corrupt
  boolean load(Consumer<MappedChunks> adopt, ChunkSink sink) {
    boolean corrupt = false;
    for (Path path : files(disk, directory)) {
      if (corrupt) {
        disk.delete(path);
        continue;
      }
      long good = load(path, sink);
      corrupt = good < 0;
      long end = Math.abs(good);
      if (corrupt) {
        cut(path, end);
      }
      if (end > ChunkRecord.HEADER_BYTES) {
        adopt.accept(new MappedChunks(number(path), path, MemorySegment.NULL));
      }
    }
    return corrupt;
  }

  /// Hands the chunks of one file to `sink`. The map is given up afterwards: what was looked at
  /// once need not stay in memory.
  ///
  /// @return where the good part ends; negative if something corrupt follows
  private long load(Path path, ChunkSink sink) {
    long chunkRef = (long) number(path) << 32;
    long good = ChunkRecord.HEADER_BYTES;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = disk.map(path, arena);
      checkHeader(path, bytes);
      ChunkView view = new ChunkView();
      while (hasRecord(bytes, good)) {
        view.read(path, bytes, good);
        long end = view.checkedEnd(path, good);
        sink.chunk(chunkRef | good, view);
        good = end;
      }
      return good;
    } catch (CorruptFileException e) {
      LOG.log(Logger.Level.WARNING, "what follows is read from the WAL again: {0}", e.getMessage());
      return -good;
    }
  }

  /// The chunk files in a folder, in order.
  static List<Path> files(Disk disk, Path directory) {
    List<Path> found = new ArrayList<>();
    if (disk.exists(directory)) {
      for (Path path : disk.list(directory)) {
        if (name(path).matches("\\d{6}")) {
          found.add(path);
        }
      }
    }
    return found;
  }

  private void cut(Path path, long good) {
    if (good <= ChunkRecord.HEADER_BYTES) {
      disk.delete(path);
      return;
    }
    try (DiskFile file = disk.append(path)) {
      file.truncate(good);
    }
  }

  /// Files that were made in advance end in zeros.
  private static boolean hasRecord(MemorySegment bytes, long at) {
    if (at + ChunkRecord.FIXED_BYTES > bytes.byteSize()) {
      for (long i = at; i < bytes.byteSize(); i++) {
        if (bytes.get(ValueLayout.JAVA_BYTE, i) != 0) {
          return true;
        }
      }
      return false;
    }
    for (int word = 0; word < 3; word++) {
      if (bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + word * 8L) != 0) {
        return true;
      }
    }
    return false;
  }

  private static void checkHeader(Path path, MemorySegment bytes) {
    BytesIn in = new BytesIn(path.toString(), bytes);
    int magic = in.u32();
    int version = in.u8();
    if (magic != ChunkRecord.MAGIC || version != ChunkRecord.VERSION) {
      throw in.corrupt("no file of head chunks, version " + ChunkRecord.VERSION);
    }
    in.skip(3);
  }

  static int number(Path path) {
    return Integer.parseInt(name(path));
  }

  private static String name(Path path) {
    return Objects.requireNonNull(path.getFileName()).toString();
  }
}
