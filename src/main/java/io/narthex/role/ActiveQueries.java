package io.narthex.role;

import io.narthex.api.json.JsonOut;
import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;

/// The file `queries.active` in the data folder: what runs now, so that the next start can say what
/// ran when the process died. `[`, then a slot of 1000 bytes for each query that may run: its JSON,
/// zeros, a comma; all zeros while it is free. Safe for any thread. Source: prometheus
/// `promql/query_logger.go`.
final class ActiveQueries implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ActiveQueries.class.getName());
  private static final int SLOT_BYTES = 1000;
  private static final String FILE = "queries.active";

  private final Arena arena = Arena.ofShared();
  private final MemorySegment bytes;
  private final Clock clock;
  private final int slots;
  private final BitSet taken = new BitSet();

  /// Opens the file, after a look at what the last run left in it.
  ///
  /// @param slots queries that may run at once
  ActiveQueries(Disk disk, Path folder, int slots, Clock clock) {
    this.slots = slots;
    this.clock = clock;
    disk.createDirectories(folder);
    Path file = folder.resolve(FILE);
    if (disk.exists(file)) {
      tell(new String(disk.read(file), StandardCharsets.UTF_8));
      disk.delete(file);
    }
    bytes = disk.mapWritable(file, 1 + (long) slots * SLOT_BYTES, arena);
    bytes.set(ValueLayout.JAVA_BYTE, 0, (byte) '[');
  }

  private static void tell(String left) {
    String queries = unfinished(left);
    if (!queries.isEmpty()) {
      LOG.log(Level.INFO, "These queries didn''t finish in the last run: queries={0}", queries);
    }
  }

  /// The queries in the text of such a file as a JSON array; empty if there are none.
  static String unfinished(String text) {
    String queries = text.replace("\0", "");
    return queries.length() <= 1 ? "" : queries.substring(0, queries.length() - 1) + "]";
  }

  /// Notes a query.
  ///
  /// @return takes it out again
  Runnable began(String query) {
    int slot = take();
    if (slot < 0) {
      return () -> {};
    }
    byte[] entry = entry(query);
    long at = 1 + (long) slot * SLOT_BYTES;
    MemorySegment.copy(entry, 0, bytes, ValueLayout.JAVA_BYTE, at, entry.length);
    bytes.set(ValueLayout.JAVA_BYTE, at + SLOT_BYTES - 1, (byte) ',');
    return () -> free(slot, at);
  }

  private synchronized int take() {
    int slot = taken.nextClearBit(0);
    if (slot >= slots) {
      return -1;
    }
    taken.set(slot);
    return slot;
  }

  private synchronized void free(int slot, long at) {
    if (arena.scope().isAlive()) {
      bytes.asSlice(at, SLOT_BYTES).fill((byte) 0);
    }
    taken.clear(slot);
  }

  /// The query's JSON, its text cut where it does not fit.
  private byte[] entry(String query) {
    long seconds = clock.nowMs() / 1000;
    int length = query.length();
    byte[] entry = json(query, seconds);
    while (entry.length >= SLOT_BYTES) {
      length = Math.min(length / 2 + 1, length - 1);
      if (length > 0 && Character.isHighSurrogate(query.charAt(length - 1))) {
        length--;
      }
      entry = json(query.substring(0, length), seconds);
    }
    return entry;
  }

  private static byte[] json(String query, long seconds) {
    return JsonOut.bytes(
        out -> out.beginObject().field("query", query).field("timestamp_sec", seconds).endObject());
  }

  @Override
  public synchronized void close() {
    arena.close();
  }
}
