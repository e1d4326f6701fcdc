package io.narthex.tsdb;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.Ulid;
import io.narthex.tsdb.head.Head;
import io.narthex.tsdb.head.LateBlockSource;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Makes folders that hold everything there is: blocks as hard links, the head as blocks of its
/// own. Such a folder can be served as it is.
final class Snapshots {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Disk disk;
  private final Head head;
  private final HeadBlock writer;
  private final Clock clock;
  private final RandomGenerator random;
  private final long rangeMs;

  /// @param writer makes blocks of the head
  /// @param rangeMs span of the blocks that late samples are put into
  Snapshots(
      Disk disk, Head head, HeadBlock writer, Clock clock, RandomGenerator random, long rangeMs) {
    this.writer = writer;
    this.disk = disk;
    this.head = head;
    this.clock = clock;
    this.random = random;
    this.rangeMs = rangeMs;
  }

  /// Makes a folder in `parent`, with the blocks and, unless `skipHead`, the head from `headFromMs`
  /// on. What is left of one that fails is removed.
  ///
  /// @return its name: time of day and 16 random hexadecimal digits
  String make(Path parent, List<Block> blocks, boolean skipHead, long headFromMs) {
    String name =
        TIME.format(Instant.ofEpochMilli(clock.nowMs()))
            + String.format(Locale.ROOT, "-%016x", random.nextLong() >>> 1);
    Path target = parent.resolve(name);
    boolean made = false;
    try {
      disk.createDirectories(target);
      blocks.forEach(b -> link(b.directory(), target.resolve(b.meta().ulid().toString())));
      if (!skipHead && !head.isEmpty()) {
        writeHead(target, headFromMs);
      }
      made = true;
      return name;
    } finally {
      if (!made) {
        disk.delete(target);
      }
    }
  }

  private void writeHead(Path target, long headFromMs) {
    long fromMs = Math.max(head.minMs(), headFromMs);
    if (fromMs <= head.maxMs()) {
      writer.write(target, Ulid.next(clock, random), fromMs, head.maxMs() + 1);
    }
    LateBlockSource late = head.lateSamples();
    if (late != null) {
      writer.writeLate(late, target, clock, random, rangeMs);
    }
  }

  private void link(Path from, Path to) {
    disk.createDirectories(to);
    for (Path path : disk.list(from)) {
      Path target = to.resolve(from.relativize(path));
      if (disk.isDirectory(path)) {
        link(path, target);
      } else if (path.endsWith("meta.json") || path.endsWith("tombstones")) {
        // These are replaced in the original: a link would be of the old file anyway.
        disk.replace(target, disk.read(path));
      } else {
        disk.link(path, target);
      }
    }
  }
}
