package io.narthex.tsdb.block;

import io.narthex.io.bytes.BytesIn;
import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The mapped chunk files of a block. Readable from any thread while the block's arena lives.
/// Layout: see {@link ChunkSegmentWriter}.
record ChunkSegments(List<Segment> segments) {

  /// One file.
  record Segment(String file, MemorySegment bytes) {}

  /// Maps all files of a block's `chunks` folder.
  ///
  /// @throws CorruptFileException if one of them is no chunk file
  static ChunkSegments open(Disk disk, Path directory, Arena arena) {
    List<Segment> segments = new ArrayList<>();
    for (Path path : disk.list(directory)) {
      if (path.getFileName().toString().matches("\\d{6,}")) {
        Segment segment = new Segment(path.toString(), disk.map(path, arena));
        BytesIn in = new BytesIn(segment.file, segment.bytes);
        int magic = in.u32();
        if (magic != ChunkSegmentWriter.MAGIC) {
          throw new CorruptFileException(
              segment.file, 0, "invalid magic number " + Integer.toHexString(magic));
        }
        int version = in.u8();
        if (version != ChunkSegmentWriter.VERSION) {
          throw new CorruptFileException(
              segment.file, 4, "invalid chunk format version " + version);
        }
        segments.add(segment);
      }
    }
    return new ChunkSegments(List.copyOf(segments));
  }

  Segment segment(long ref) {
    long index = ref >>> 32;
    if (index >= segments.size()) {
      throw new CorruptFileException(
          "chunks",
          0,
          "the index points into chunk file " + (index + 1) + " of " + segments.size());
    }
    return segments.get((int) index);
  }
}
