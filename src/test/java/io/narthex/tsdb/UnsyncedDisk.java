package io.narthex.tsdb;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskFile;
import io.narthex.io.disk.DiskLock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// A disk that waits for no platter, so that thousands of runs take minutes: processes die here,
/// not machines.
record UnsyncedDisk(Disk disk) implements Disk {

  @Override
  public DiskFile create(Path file) {
    return new UnsyncedFile(disk.create(file));
  }

  @Override
  public DiskFile append(Path file) {
    return new UnsyncedFile(disk.append(file));
  }

  @Override
  public MemorySegment map(Path file, Arena arena) {
    return disk.map(file, arena);
  }

  @Override
  public MemorySegment mapWritable(Path file, long offsetBytes, long sizeBytes, Arena arena) {
    return disk.mapWritable(file, offsetBytes, sizeBytes, arena);
  }

  @Override
  public String identity(Path file) {
    return disk.identity(file);
  }

  @Override
  public byte[] read(Path file) {
    return disk.read(file);
  }

  @Override
  public long sizeBytes(Path path) {
    return disk.sizeBytes(path);
  }

  @Override
  public boolean exists(Path path) {
    return disk.exists(path);
  }

  @Override
  public boolean isDirectory(Path path) {
    return disk.isDirectory(path);
  }

  @Override
  public List<Path> list(Path directory) {
    return disk.list(directory);
  }

  @Override
  public void createDirectories(Path directory) {
    disk.createDirectories(directory);
  }

  @Override
  public void rename(Path from, Path to) {
    disk.rename(from, to);
  }

  @Override
  public void link(Path existing, Path link) {
    disk.link(existing, link);
  }

  @Override
  public void fsyncDirectory(Path directory) {}

  @Override
  public void delete(Path path) {
    disk.delete(path);
  }

  @Override
  public DiskLock lock(Path file) {
    return disk.lock(file);
  }

  @Override
  public long usableBytes(Path path) {
    return disk.usableBytes(path);
  }

  @Override
  public long totalBytes(Path path) {
    return disk.totalBytes(path);
  }

  private record UnsyncedFile(DiskFile file) implements DiskFile {

    @Override
    public void write(ByteBuffer bytes) {
      file.write(bytes);
    }

    @Override
    public void writeAt(long positionBytes, ByteBuffer bytes) {
      file.writeAt(positionBytes, bytes);
    }

    @Override
    public long position() {
      return file.position();
    }

    @Override
    public void truncate(long lengthBytes) {
      file.truncate(lengthBytes);
    }

    @Override
    public void fsync() {}

    @Override
    public void close() {
      file.close();
    }
  }
}
