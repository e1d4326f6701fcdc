package io.narthex.tsdb.head;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskFile;
import io.narthex.tsdb.wal.WalFiles;
import io.narthex.tsdb.wal.WalPosition;
import io.narthex.tsdb.wal.WalSkips;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Goes on with the memory of an earlier process, once it has been found to fit together and to fit
/// what is on the disk. Nothing is believed that can be looked at:
///
/// - the log ends where that process left it, so nobody has written to the folder since, and the
///   chunk files are those that it had, as long as they were;
/// - no line was being changed at its end. The line that was may be half of what it should be, and
///   then all samples are read from the log again;
/// - the blocks of the open chunks are there, belong to one chunk each, and have the words that
///   were put there.
///
/// Chunks that waited for being written are written now. Lines may be ahead of the log's place that
/// was noted last: samples that come from the log again are dropped as duplicates, as in any
/// replay.
final class HeadRecall {

  /// Bits for more series would not fit in one set.
  private static final long LAST_PAGE = (1 << 23) - 1;

  private final HeadState state;
  private final HeadMemory memory;
  private final HeadLedger ledger;
  private final Disk disk;

  private BitSet series = new BitSet();

  /// @throws RecallException if there is nothing to go on with
  HeadRecall(HeadState state, Disk disk) {
    this.state = state;
    memory = state.memory;
    this.disk = disk;
    HeadLedger found = memory.ledger();
    if (found == null) {
      throw new RecallException("nothing was left");
    }
    ledger = found;
  }

  /// What of the log is in memory.
  WalSkips skips() {
    return new WalSkips(ledger.applied(), ledger.spans());
  }

  /// References of the series that have samples in memory, once it runs.
  BitSet series() {
    return series;
  }

  /// Looks at the log and at the chunk files, and writes what these lack.
  ///
  /// @throws RecallException if they are not as they were left
  void checkFiles(Path wal, Path chunks) {
    List<WalFiles.Numbered> segments = WalFiles.segments(disk, wal);
    long end = ledger.logged();
    require(!segments.isEmpty(), "there is no log");
    WalFiles.Numbered last = segments.getLast();
    require(
        end >= ledger.applied()
            && last.number() == WalPosition.segment(end)
            && disk.sizeBytes(last.path()) == WalPosition.offsetBytes(end),
        "the log does not end where it was left");
    writeTail(chunks);
    Map<Integer, Long> known = new HashMap<>();
    int first = Integer.MAX_VALUE;
    for (int i = 0; i < ledger.files(); i++) {
      known.put(ledger.fileNumber(i), ledger.fileBytes(i));
      first = Math.min(first, ledger.fileNumber(i));
    }
    for (Path file : ChunkLoader.files(disk, chunks)) {
      int number = ChunkLoader.number(file);
      Long bytes = known.remove(number);
      // Those before the first one were about to be deleted.
      require(
          bytes == null ? number < first : disk.sizeBytes(file) == bytes,
          "chunk file " + number + " is not as it was left");
    }
    require(known.isEmpty(), "chunk files are missing");
  }

  static void require(boolean good, String otherwise) {
    if (!good) {
      throw new RecallException(otherwise);
    }
  }

  /// Writes the chunks that were still to be written.
  private void writeTail(Path chunks) {
    require(ledger.hasTail(), "what waits is too long");
    if (ledger.tailBytes() == 0) {
      return;
    }
    int number = ledger.tailFile();
    long start = ledger.tailStart();
    byte[] tail = ledger.tail();
    try (DiskFile file = disk.append(ChunkFiles.path(chunks, number))) {
      require(
          file.position() >= start && file.position() <= start + tail.length,
          "chunk file " + number + " does not end where it was left");
      file.truncate(start);
      file.write(ByteBuffer.wrap(tail));
    }
    require(ledger.file(number, start + tail.length), "there are too many chunk files");
    ledger.beginTail(number);
  }

  /// Puts lines and blocks to use.
  ///
  /// @throws RecallException if they do not fit together
  void run() {
    List<MemorySegment> slabs = memory.all("blocks", ChunkSlabs.SLAB_BYTES);
    state.slabs.adopt(slabs);
    state.table.skipRefs(ledger.nextRef() - 1);
    RecalledLines lines = new RecalledLines(state, slabs);
    for (MemorySegment extent : memory.all("lines", LinePages.EXTENT_BYTES)) {
      memory.pages().adopt(extent);
      for (int slot = 1; slot < LinePages.SLOTS; slot++) {
        long index = Words.get(extent.address(), slot) - 1;
        if (index != -1) {
          require(
              index >= 0 && index <= Math.min(LAST_PAGE, ledger.nextRef() >>> SeriesPage.SHIFT),
              "there is no page " + index);
          SeriesPage page = new SeriesPage(LinePages.slot(extent, slot));
          require(state.table.adopt((int) index, page), "page " + index + " is there twice");
          lines.add((int) index, page);
        }
      }
    }
    lines.run();
    series = lines.series();
    state.table.reserve(series.cardinality());
    state.slabs.freeAllBut(lines.used());
  }
}
