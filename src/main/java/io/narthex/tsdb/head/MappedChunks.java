package io.narthex.tsdb.head;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// A file of head chunks and the part of it that is mapped so far.
final class MappedChunks {

  private final int number;
  private final Path path;
  private volatile MemorySegment bytes;

  MappedChunks(int number, Path path, MemorySegment bytes) {
    this.number = number;
    this.path = path;
    this.bytes = bytes;
  }

  int number() {
    return number;
  }

  Path path() {
    return path;
  }

  MemorySegment bytes() {
    return bytes;
  }

  void remap(MemorySegment longer) {
    bytes = longer;
  }
}
