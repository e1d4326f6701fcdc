package io.narthex.tsdb.head;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.tsdb.wal.WalPosition;
import java.lang.System.Logger;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The memory of lines and blocks. It is that of mapped files in the folder `head_memory/`, so that
/// it outlives the process: after a kill, the page cache has all that was stored, and the next
/// process goes on with it instead of reading the samples from the log again. Only while the
/// machine runs: what a disk has of the files is of no use, nothing is ever forced there, and each
/// page is written back now and then as the kernel likes. Files: `state` ({@link HeadLedger}),
/// `lines` ({@link LinePages}), `blocks` ({@link ChunkSlabs}).
///
/// Where files cannot be mapped, or the machine cannot be told from others, the memory is anonymous
/// and the log is read as a whole. Under the head's commit lock.
final class HeadMemory {

  private static final Logger LOG = System.getLogger(HeadMemory.class.getName());
  private static final String FOLDER = "head_memory";

  private final Disk disk;
  private final Path directory;
  private final LinePages pages = new LinePages(this::extent);

  /// Null if the memory dies with the process.
  private @Nullable HeadLedger ledger;

  /// Where all samples are in that the log has before; nothing is noted before that is known.
  private boolean complete;

  private boolean applying;

  /// A commit that is in the log is not in memory as a whole.
  private boolean halfApplied;

  /// Where the log ended before it was written to last.
  private long loggedBefore = HeadLedger.NOWHERE;

  private HeadMemory(Disk disk, Path dataDirectory) {
    this.disk = disk;
    directory = dataDirectory.resolve(FOLDER);
  }

  /// Memory with nothing in it.
  static HeadMemory fresh(Disk disk, Path dataDirectory) {
    HeadMemory memory = new HeadMemory(disk, dataDirectory);
    try {
      disk.createDirectories(dataDirectory);
      if (!disk.identity(dataDirectory).isEmpty()) {
        memory.begin();
      }
    } catch (DiskException e) {
      memory.giveUp(e.getMessage());
    }
    return memory;
  }

  private void begin() {
    disk.delete(directory);
    disk.createDirectories(directory);
    HeadLedger made = new HeadLedger(map("state", 0, HeadLedger.BYTES));
    map("lines", 0, LinePages.EXTENT_BYTES);
    map("blocks", 0, ChunkSlabs.SLAB_BYTES);
    if (made.begin(identity())) {
      ledger = made;
    }
  }

  /// What an earlier process left, or null if there is nothing that could be gone on with. Lines
  /// and blocks still have to be looked at.
  static @Nullable HeadMemory left(Disk disk, Path dataDirectory) {
    HeadMemory memory = new HeadMemory(disk, dataDirectory);
    try {
      return memory.isThere() ? memory : null;
    } catch (DiskException e) {
      LOG.log(Logger.Level.WARNING, "head_memory is of no use: {0}", e.getMessage());
      return null;
    }
  }

  private boolean isThere() {
    for (String name : List.of("state", "lines", "blocks")) {
      if (!disk.exists(directory.resolve(name))) {
        return false;
      }
    }
    if (disk.sizeBytes(directory.resolve("state")) != HeadLedger.BYTES) {
      return false;
    }
    HeadLedger found = new HeadLedger(map("state", 0, HeadLedger.BYTES));
    if (!found.isComplete(identity())) {
      return false;
    }
    ledger = found;
    return true;
  }

  /// Changes whenever the files are others, or what was stored in them may be lost.
  private String identity() {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("state", "lines", "blocks")) {
      String one = disk.identity(directory.resolve(name));
      if (one.isEmpty()) {
        return "";
      }
      all.append(one).append(' ');
    }
    return all.toString();
  }

  private MemorySegment map(String name, long offsetBytes, long sizeBytes) {
    return disk.mapWritable(directory.resolve(name), offsetBytes, sizeBytes, Arena.ofAuto());
  }

  /// All of a file that grows by `stepBytes`.
  List<MemorySegment> all(String name, int stepBytes) {
    List<MemorySegment> found = new ArrayList<>();
    long sizeBytes = disk.sizeBytes(directory.resolve(name));
    for (long at = 0; at + stepBytes <= sizeBytes; at += stepBytes) {
      found.add(map(name, at, stepBytes));
    }
    return found;
  }

  LinePages pages() {
    return pages;
  }

  private MemorySegment extent(int number) {
    return memory("lines", number, LinePages.EXTENT_BYTES);
  }

  /// Memory for more blocks.
  MemorySegment slab(int number) {
    return memory("blocks", number, ChunkSlabs.SLAB_BYTES);
  }

  private MemorySegment memory(String name, int number, int bytes) {
    if (ledger != null) {
      try {
        return map(name, (long) number * bytes, bytes);
      } catch (DiskException e) {
        giveUp(e.getMessage());
      }
    }
    return Arena.ofAuto().allocate(bytes, SeriesPage.LINE_BYTES);
  }

  /// What is noted beside the memory; null if it dies with the process.
  @Nullable HeadLedger ledger() {
    return ledger;
  }

  /// Lets the memory die with the process from here on.
  void giveUp(@Nullable String why) {
    HeadLedger given = ledger;
    if (given != null) {
      given.applied(HeadLedger.NOWHERE);
      ledger = null;
    }
    LOG.log(
        Logger.Level.WARNING,
        "the next start has to read all samples from the WAL again: {0}",
        why);
  }

  /// All samples are in that are in the log now: from here on this is noted after each commit.
  void complete() {
    complete = true;
    applied();
  }

  /// The log ends at `position` now.
  void logged(long position) {
    HeadLedger open = ledger;
    if (open != null) {
      loggedBefore = open.logged();
      open.logged(position);
    }
  }

  /// What was logged last was nothing but float samples.
  void loggedOnlySamples() {
    HeadLedger open = ledger;
    if (open != null && WalPosition.segment(loggedBefore) == WalPosition.segment(open.logged())) {
      open.span(loggedBefore, open.logged());
    }
  }

  /// The log begins with `segment` now.
  void logBegins(int segment) {
    HeadLedger open = ledger;
    if (open != null) {
      open.spansBefore(WalPosition.of(segment, 0));
    }
  }

  /// A commit is in the log and about to be applied.
  void applying() {
    halfApplied |= applying;
    if (applying && ledger != null) {
      giveUp("a commit was not applied to its end");
    }
    applying = true;
  }

  /// Whether a commit that is in the log was not applied to its end.
  boolean isHalfApplied() {
    return applying || halfApplied;
  }

  /// What is in the log is applied.
  void applied() {
    applying = false;
    HeadLedger open = ledger;
    if (open != null && complete) {
      open.applied(open.logged());
    }
  }

  /// New series get `ref` or more.
  void nextRef(long ref) {
    HeadLedger open = ledger;
    if (open != null) {
      open.nextRef(ref);
    }
  }

  /// A chunk file is begun.
  void chunkFile(int number) {
    HeadLedger open = ledger;
    if (open != null) {
      open.beginTail(number);
    }
  }

  /// Chunks wait for being written, see {@link HeadLedger#tail(long, byte[], int, int)}.
  void chunksWait(long start, byte[] bytes, int known, int length) {
    HeadLedger open = ledger;
    if (open != null && !open.tail(start, bytes, known, length)) {
      giveUp("chunks cannot be written");
    }
  }

  /// A chunk file has `bytes`.
  void chunkFile(int number, long bytes) {
    HeadLedger open = ledger;
    if (open != null && !open.file(number, bytes)) {
      giveUp("there are too many chunk files");
    }
  }

  /// Chunk files are about to be deleted.
  void chunkFilesBefore(int firstKept) {
    HeadLedger open = ledger;
    if (open != null) {
      open.filesBefore(firstKept);
    }
  }
}
