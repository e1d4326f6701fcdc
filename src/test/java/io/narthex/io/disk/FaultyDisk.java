package io.narthex.io.disk;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// A disk that stops, or fails once, at a chosen change: a power cut, or a full disk. A change is
/// whatever alters what the disk holds; reading always works. Not thread-safe.
public final class FaultyDisk implements Disk {

  private final Disk disk;
  private final int goodChanges;
  private final boolean once;
  private int changes;

  /// What is said to be free; negative for what is.
  private long usableBytes = -1;

  private FaultyDisk(Disk disk, int goodChanges, boolean once) {
    this.disk = disk;
    this.goodChanges = goodChanges;
    this.once = once;
  }

  /// Never fails, only counts.
  public static FaultyDisk never(Disk disk) {
    return new FaultyDisk(disk, Integer.MAX_VALUE, false);
  }

  /// Every change after the first `goodChanges` fails: the power is gone. A write that fails may
  /// have written its first half.
  public static FaultyDisk stopsAfter(Disk disk, int goodChanges) {
    return new FaultyDisk(disk, goodChanges, false);
  }

  /// The change after the first `goodChanges` fails, all others work: space was short for a moment.
  public static FaultyDisk failsOnceAfter(Disk disk, int goodChanges) {
    return new FaultyDisk(disk, goodChanges, true);
  }

  /// Says from here on that `bytes` are free.
  public void usableBytes(long bytes) {
    usableBytes = bytes;
  }

  /// How many changes were asked for so far.
  public int changes() {
    return changes;
  }

  private boolean fails() {
    int index = changes++;
    return once ? index == goodChanges : index >= goodChanges;
  }

  private void change(String what) {
    if (fails()) {
      throw new DiskException(what + ": no space left on device (on purpose)");
    }
  }

  @Override
  public DiskFile create(Path file) {
    change("create " + file);
    return new FaultyFile(file, disk.create(file));
  }

  @Override
  public DiskFile append(Path file) {
    change("open " + file);
    return new FaultyFile(file, disk.append(file));
  }

  @Override
  public MemorySegment map(Path file, Arena arena) {
    return disk.map(file, arena);
  }

  @Override
  public MemorySegment mapWritable(Path file, long offsetBytes, long sizeBytes, Arena arena) {
    change("map " + file);
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
    change("create directory " + directory);
    disk.createDirectories(directory);
  }

  @Override
  public void rename(Path from, Path to) {
    change("rename " + from);
    disk.rename(from, to);
  }

  @Override
  public void link(Path existing, Path link) {
    change("link " + existing);
    disk.link(existing, link);
  }

  @Override
  public void fsyncDirectory(Path directory) {
    change("fsync " + directory);
    disk.fsyncDirectory(directory);
  }

  @Override
  public void delete(Path path) {
    change("delete " + path);
    disk.delete(path);
  }

  @Override
  public DiskLock lock(Path file) {
    return disk.lock(file);
  }

  @Override
  public long usableBytes(Path path) {
    return usableBytes < 0 ? disk.usableBytes(path) : usableBytes;
  }

  @Override
  public long totalBytes(Path path) {
    return disk.totalBytes(path);
  }

  private final class FaultyFile implements DiskFile {

    private final Path path;
    private final DiskFile file;

    FaultyFile(Path path, DiskFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public void write(ByteBuffer bytes) {
      if (fails()) {
        ByteBuffer half = bytes.slice(bytes.position(), bytes.remaining() / 2);
        file.write(half);
        throw new DiskException("write " + path + ": no space left on device (on purpose)");
      }
      file.write(bytes);
    }

    @Override
    public void writeAt(long positionBytes, ByteBuffer bytes) {
      change("write " + path);
      file.writeAt(positionBytes, bytes);
    }

    @Override
    public long position() {
      return file.position();
    }

    @Override
    public void truncate(long lengthBytes) {
      change("truncate " + path);
      file.truncate(lengthBytes);
    }

    @Override
    public void fsync() {
      change("fsync " + path);
      file.fsync();
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
