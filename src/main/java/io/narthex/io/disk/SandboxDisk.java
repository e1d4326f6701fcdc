package io.narthex.io.disk;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Shows a folder as one that can be written to, and never changes it: what is written lands in
/// another folder, the sandbox, and what is deleted is only hidden. A file that is gone on with is
/// copied first. Not thread-safe; made for looking at data that may be in use.
public final class SandboxDisk implements Disk {

  private static final int COPY_BYTES = 1 << 20;

  private final Disk disk;
  private final Path folder;
  private final Path sandbox;
  private final Set<Path> hidden = new HashSet<>();

  /// @param folder what is shown
  /// @param sandbox an empty folder, which the caller removes
  public SandboxDisk(Disk disk, Path folder, Path sandbox) {
    this.disk = disk;
    this.folder = folder;
    this.sandbox = sandbox;
  }

  /// Where the content of `path` really is.
  private Path real(Path path) {
    Path own = own(path);
    return disk.exists(own) || isHidden(path) ? own : path;
  }

  private Path own(Path path) {
    return path.startsWith(folder) ? sandbox.resolve(folder.relativize(path)) : path;
  }

  private boolean isHidden(Path path) {
    for (Path at = path; at != null && at.startsWith(folder); at = at.getParent()) {
      if (hidden.contains(at)) {
        return true;
      }
    }
    return false;
  }

  private Path writable(Path path) {
    Path own = own(path);
    Path parent = own.getParent();
    if (parent != null) {
      disk.createDirectories(parent);
    }
    return own;
  }

  @Override
  public DiskFile create(Path file) {
    return disk.create(writable(file));
  }

  @Override
  public DiskFile append(Path file) {
    Path own = writable(file);
    if (!disk.exists(own) && !isHidden(file) && disk.exists(file)) {
      copy(file, own);
    }
    return disk.append(own);
  }

  private void copy(Path from, Path to) {
    try (Arena arena = Arena.ofConfined();
        DiskFile out = disk.create(to)) {
      MemorySegment bytes = disk.map(from, arena);
      for (long at = 0; at < bytes.byteSize(); at += COPY_BYTES) {
        long length = Math.min(COPY_BYTES, bytes.byteSize() - at);
        ByteBuffer piece = bytes.asSlice(at, length).asByteBuffer();
        out.write(piece);
      }
    }
  }

  @Override
  public MemorySegment map(Path file, Arena arena) {
    return disk.map(real(file), arena);
  }

  @Override
  public MemorySegment mapWritable(Path file, long offsetBytes, long sizeBytes, Arena arena) {
    return disk.mapWritable(writable(file), offsetBytes, sizeBytes, arena);
  }

  /// Never known: what is stored here is to be forgotten.
  @Override
  public String identity(Path file) {
    return "";
  }

  @Override
  public byte[] read(Path file) {
    return disk.read(real(file));
  }

  @Override
  public long sizeBytes(Path path) {
    if (!isDirectory(path)) {
      return disk.sizeBytes(real(path));
    }
    return list(path).stream().mapToLong(this::sizeBytes).sum();
  }

  @Override
  public boolean exists(Path path) {
    return disk.exists(real(path));
  }

  @Override
  public boolean isDirectory(Path path) {
    return disk.isDirectory(real(path));
  }

  @Override
  public List<Path> list(Path directory) {
    Set<Path> all = new TreeSet<>();
    if (!isHidden(directory) && disk.exists(directory)) {
      for (Path path : disk.list(directory)) {
        if (!isHidden(path) && !path.equals(sandbox)) {
          all.add(path);
        }
      }
    }
    Path own = own(directory);
    if (disk.exists(own)) {
      disk.list(own).forEach(path -> all.add(directory.resolve(path.getFileName())));
    }
    return List.copyOf(all);
  }

  @Override
  public void createDirectories(Path directory) {
    disk.createDirectories(writable(directory));
  }

  @Override
  public void rename(Path from, Path to) {
    Path own = own(from);
    if (!disk.exists(own)) {
      copy(from, writable(from));
    }
    disk.rename(own, writable(to));
    hidden.add(from);
  }

  @Override
  public void link(Path existing, Path link) {
    copy(real(existing), writable(link));
  }

  @Override
  public void fsyncDirectory(Path directory) {
    // What is in the sandbox is not meant to last.
  }

  @Override
  public void delete(Path path) {
    disk.delete(own(path));
    hidden.add(path);
  }

  @Override
  public DiskLock lock(Path file) {
    return disk.lock(writable(file));
  }

  @Override
  public long usableBytes(Path path) {
    return disk.usableBytes(sandbox);
  }

  @Override
  public long totalBytes(Path path) {
    return disk.totalBytes(sandbox);
  }
}
