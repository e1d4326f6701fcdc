package io.narthex.io.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// A file of the machine's disk, open for writing.
final class ChannelFile implements DiskFile {

  private final Path path;
  private final FileChannel channel;
  private long position;

  /// Takes the channel over, at its position.
  ChannelFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.position = channel.position();
  }

  @Override
  public void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        position += channel.write(bytes);
      }
    } catch (IOException e) {
      throw DiskException.of("write", path, e);
    }
  }

  @Override
  public void writeAt(long positionBytes, ByteBuffer bytes) {
    try {
      long at = positionBytes;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      throw DiskException.of("write", path, e);
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void truncate(long lengthBytes) {
    try {
      channel.truncate(lengthBytes);
      channel.position(lengthBytes);
      position = lengthBytes;
    } catch (IOException e) {
      throw DiskException.of("truncate", path, e);
    }
  }

  @Override
  public void fsync() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw DiskException.of("fsync", path, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw DiskException.of("close", path, e);
    }
  }
}
