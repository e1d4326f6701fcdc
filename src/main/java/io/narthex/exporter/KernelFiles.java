package io.narthex.exporter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The kernel's files as they are mounted on this machine.
public final class KernelFiles implements ProcFs {

  private final Roots roots;

  /// A buffer between two reads; threads that read at once make their own.
  private final AtomicReference<@Nullable ByteBuffer> spare = new AtomicReference<>();

  public KernelFiles(Roots roots) {
    this.roots = roots;
  }

  @Override
  public Roots roots() {
    return roots;
  }

  @Override
  public String read(Path file) throws IOException {
    ByteBuffer buffer = spare.getAndSet(null);
    if (buffer == null) {
      buffer = ByteBuffer.allocateDirect(32 * 1024);
    }
    buffer.clear();
    // These files tell no size: read until nothing more comes.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer) > 0) {
        if (!buffer.hasRemaining()) {
          buffer = ByteBuffer.allocateDirect(buffer.capacity() * 2).put(buffer.flip());
        }
      }
    }
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    spare.set(buffer);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
      }
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public boolean isDirectory(Path path) {
    return Files.isDirectory(path);
  }

  @Override
  public Path real(Path path) throws IOException {
    return path.toRealPath();
  }

  @Override
  public double modifiedSeconds(Path file) throws IOException {
    return Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS) / 1e9;
  }
}
