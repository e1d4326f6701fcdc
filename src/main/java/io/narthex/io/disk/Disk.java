package io.narthex.io.disk;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// A file system. Safe for any thread; what it hands out is not. Every method throws {@link
/// DiskException} when the disk does not do what was asked.
public interface Disk {

  /// The machine's own disk.
  static Disk system() {
    return SystemDisk.INSTANCE;
  }

  /// An empty file to write; one that is there is emptied.
  DiskFile create(Path file);

  /// A file to go on writing at its end; made if it is not there.
  DiskFile append(Path file);

  /// The whole file, mapped for reading as long as `arena` lives.
  MemorySegment map(Path file, Arena arena);

  /// The first `sizeBytes` of the file, see the other method of this name.
  default MemorySegment mapWritable(Path file, long sizeBytes, Arena arena) {
    return mapWritable(file, 0, sizeBytes, arena);
  }

  /// Bytes `[offsetBytes, offsetBytes + sizeBytes)` of the file, mapped for reading and writing as
  /// long as `arena` lives. The file is made, and its blocks allocated, where they are missing: a
  /// full disk fails here, not later on an access.
  MemorySegment mapWritable(Path file, long offsetBytes, long sizeBytes, Arena arena);

  /// Which file this is, on which run of which machine. While the answer is the same, whoever maps
  /// the file sees all that was stored through earlier maps of it, whether a disk has it yet or
  /// not, and whether the processes that did so live or not. Empty where that cannot be known. A
  /// copy of the file is another one.
  String identity(Path file);

  /// The whole of a small file.
  byte[] read(Path file);

  /// Length of a file, or the sum over everything in a directory.
  long sizeBytes(Path path);

  boolean exists(Path path);

  boolean isDirectory(Path path);

  /// What is in a directory, sorted by name.
  List<Path> list(Path directory);

  void createDirectories(Path directory);

  /// Moves within the file system, in one step; a file that is there is replaced.
  void rename(Path from, Path to);

  /// A second name for the same file.
  void link(Path existing, Path link);

  /// Returns when the names in `directory` survive a loss of power.
  void fsyncDirectory(Path directory);

  /// Removes a file, or a directory with everything in it. Nothing happens if it is not there.
  void delete(Path path);

  /// Takes the lock file, alone.
  ///
  /// @throws DiskException if another process holds it
  DiskLock lock(Path file);

  /// Bytes that this user may still write to the file system of `path`.
  long usableBytes(Path path);

  /// Size of the file system of `path`.
  long totalBytes(Path path);

  /// Writes a small file so that readers see the old or the new content, whatever happens.
  default void replace(Path file, byte[] content) {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try (DiskFile out = create(temporary)) {
      out.write(ByteBuffer.wrap(content));
      out.fsync();
    }
    rename(temporary, file);
    Path directory = file.getParent();
    if (directory != null) {
      fsyncDirectory(directory);
    }
  }
}
