package io.narthex.io.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The machine's disk; stateless.
enum SystemDisk implements Disk {
  INSTANCE;

  private static final int ZEROS_BYTES = 1 << 16;

  /// Changes whenever the machine starts.
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  @Override
  public DiskFile create(Path file) {
    try {
      return new ChannelFile(
          file,
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw DiskException.of("create", file, e);
    }
  }

  @Override
  public DiskFile append(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.position(channel.size());
      return new ChannelFile(file, channel);
    } catch (IOException e) {
      throw DiskException.of("open", file, e);
    }
  }

  @Override
  public MemorySegment map(Path file, Arena arena) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long sizeBytes = channel.size();
      if (sizeBytes == 0) {
        return MemorySegment.NULL;
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, sizeBytes, arena);
    } catch (IOException e) {
      throw DiskException.of("map", file, e);
    }
  }

  @Override
  public MemorySegment mapWritable(Path file, long offsetBytes, long sizeBytes, Arena arena) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      allocate(channel, offsetBytes + sizeBytes);
      return channel.map(FileChannel.MapMode.READ_WRITE, offsetBytes, sizeBytes, arena);
    } catch (IOException e) {
      throw DiskException.of("map", file, e);
    }
  }

  @Override
  public String identity(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.fileKey() == null || !Files.isReadable(BOOT_ID)) {
        return "";
      }
      // A copy may get the number that the original had; it is younger then.
      return Files.readString(BOOT_ID).strip() + attributes.fileKey() + attributes.creationTime();
    } catch (IOException e) {
      throw DiskException.of("identify", file, e);
    }
  }

  /// Writes zeros instead of seeking: a hole that meets a full disk later would kill the process.
  private static void allocate(FileChannel channel, long sizeBytes) throws IOException {
    long at = channel.size();
    ByteBuffer zeros = ByteBuffer.allocate(ZEROS_BYTES);
    while (at < sizeBytes) {
      zeros.clear().limit((int) Math.min(ZEROS_BYTES, sizeBytes - at));
      at += channel.write(zeros, at);
    }
  }

  @Override
  public byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      // As Go has it: what cannot be opened cannot be read.
      throw DiskException.of(Files.isDirectory(file) ? "read" : "open", file, e);
    }
  }

  @Override
  public long sizeBytes(Path path) {
    try (Stream<Path> all = Files.walk(path)) {
      long sum = 0;
      for (Path file : (Iterable<Path>) all::iterator) {
        if (Files.isRegularFile(file)) {
          sum += Files.size(file);
        }
      }
      return sum;
    } catch (IOException e) {
      throw DiskException.of("size of", path, e);
    } catch (UncheckedIOException e) {
      throw DiskException.of("size of", path, e);
    }
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(path);
  }

  @Override
  public boolean isDirectory(Path path) {
    return Files.isDirectory(path);
  }

  @Override
  public List<Path> list(Path directory) {
    try (Stream<Path> names = Files.list(directory)) {
      return names.sorted().toList();
    } catch (IOException e) {
      throw DiskException.of("list", directory, e);
    } catch (UncheckedIOException e) {
      throw DiskException.of("list", directory, e);
    }
  }

  @Override
  public void createDirectories(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw DiskException.of("create directory", directory, e);
    }
  }

  @Override
  public void rename(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw DiskException.of("rename " + from + " to", to, e);
    }
  }

  @Override
  public void link(Path existing, Path link) {
    try {
      Files.createLink(link, existing);
    } catch (IOException e) {
      throw DiskException.of("link " + existing + " as", link, e);
    }
  }

  @Override
  public void fsyncDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      throw DiskException.of("fsync directory", directory, e);
    }
  }

  @Override
  public void delete(Path path) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path file : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw DiskException.of("delete", path, e);
    } catch (UncheckedIOException e) {
      throw DiskException.of("delete", path, e);
    }
  }

  @Override
  public DiskLock lock(Path file) {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw DiskException.of("lock", file, e);
    }
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (IOException e) {
      close(file, channel);
      throw DiskException.of("lock", file, e);
    } catch (OverlappingFileLockException _) {
      // Held by this process itself: the same answer as for another one.
      lock = null;
    }
    if (lock == null) {
      close(file, channel);
      throw new DiskException(
          "lock "
              + file
              + ": held by another process that uses the same data; stop that one first");
    }
    return () -> close(file, channel);
  }

  @Override
  public long usableBytes(Path path) {
    try {
      return Files.getFileStore(path).getUsableSpace();
    } catch (IOException e) {
      throw DiskException.of("free space at", path, e);
    }
  }

  @Override
  public long totalBytes(Path path) {
    try {
      return Files.getFileStore(path).getTotalSpace();
    } catch (IOException e) {
      throw DiskException.of("size of the file system at", path, e);
    }
  }

  private static void close(Path file, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw DiskException.of("close", file, e);
    }
  }
}
