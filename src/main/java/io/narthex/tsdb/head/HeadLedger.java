package io.narthex.tsdb.head;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The mapped file `state`: what the lines and blocks beside it mean, kept up to date with plain
/// stores, each of one word. Words in the machine's order:
///
/// ```text
/// 0     magic and version; 0 while the rest is being made
/// 1     where the log ended before which all samples are in lines and chunk files; -1 if unknown
/// 2     where the log ends
/// 3     reference of the next new series
/// 4     number of the chunk file that is being written
/// 5     bytes of it that are in the file <32> | bytes of it that wait <32>
/// 6     how many chunk files there are
/// 7     how many spans of the log there are
/// 64    length of the identity in bytes, then the identity
/// 512   for each chunk file: number <32> | bytes <32>
/// 4096  begin and end of each span of the log that has nothing but float samples
/// 8192  the bytes that wait
/// ```
///
/// A place in the log is `segment <32> | offset <32>`. One thread writes (under the head's commit
/// lock). The order of the stores is what counts: they survive the death of the process in the
/// order in which they were made.
final class HeadLedger {

  static final long NOWHERE = -1;

  private static final long MAGIC = 0x4e61_7274_6865_7801L;
  private static final int APPLIED = 1;
  private static final int LOGGED = 2;
  private static final int NEXT_REF = 3;
  private static final int TAIL_FILE = 4;
  private static final int TAIL_SPAN = 5;
  private static final int FILES = 6;
  private static final int SPANS = 7;
  private static final int IDENTITY = 64;
  private static final int IDENTITY_MOST_BYTES = 2048;
  private static final int FIRST_FILE = 512;
  private static final int FILES_MOST = 3584;
  private static final int FIRST_SPAN = 4096;
  private static final int SPANS_MOST = 2048;
  private static final int TAIL_OFFSET = 8192 * Words.BYTES;

  /// What waits before it is written, and some room for when it cannot be.
  static final int TAIL_MOST_BYTES = ChunkFiles.FLUSH_BYTES + 256 * 1024;

  static final int BYTES = TAIL_OFFSET + TAIL_MOST_BYTES;

  /// Keeps the words where they are.
  private final MemorySegment memory;

  private final long words;

  /// @param memory of {@link #BYTES}
  HeadLedger(MemorySegment memory) {
    this.memory = memory;
    words = memory.address();
  }

  /// Begins anew: nothing that was here counts.
  ///
  /// @return false if the identity is too long to be kept
  boolean begin(String identity) {
    byte[] text = identity.getBytes(StandardCharsets.UTF_8);
    put(0, 0);
    Words.clear(words, TAIL_OFFSET);
    put(APPLIED, NOWHERE);
    put(LOGGED, NOWHERE);
    if (text.length == 0 || text.length > IDENTITY_MOST_BYTES) {
      return false;
    }
    put(IDENTITY, text.length);
    long offset = (IDENTITY + 1L) * Words.BYTES;
    MemorySegment.copy(text, 0, memory, ValueLayout.JAVA_BYTE, offset, text.length);
    put(0, MAGIC);
    return true;
  }

  /// Whether what is here was written by this version, to these files, and is complete up to
  /// `applied()`.
  boolean isComplete(String identity) {
    byte[] text = identity.getBytes(StandardCharsets.UTF_8);
    if (get(0) != MAGIC || get(APPLIED) < 0 || get(IDENTITY) != text.length || text.length == 0) {
      return false;
    }
    byte[] known = new byte[text.length];
    long offset = (IDENTITY + 1L) * Words.BYTES;
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, known, 0, text.length);
    return Arrays.equals(known, text);
  }

  private long get(int index) {
    return Words.get(words, index);
  }

  /// Puts a word behind everything that was put before.
  private void put(int index, long word) {
    VarHandle.storeStoreFence();
    Words.put(words, index, word);
  }

  long applied() {
    return get(APPLIED);
  }

  void applied(long position) {
    put(APPLIED, position);
  }

  long logged() {
    return get(LOGGED);
  }

  void logged(long position) {
    put(LOGGED, position);
  }

  long nextRef() {
    return get(NEXT_REF);
  }

  void nextRef(long ref) {
    put(NEXT_REF, ref);
  }

  int tailFile() {
    return (int) get(TAIL_FILE);
  }

  /// Bytes of the chunk file that are in it.
  long tailStart() {
    return get(TAIL_SPAN) >>> 32;
  }

  /// Bytes of the chunk file that wait.
  int tailBytes() {
    return (int) get(TAIL_SPAN);
  }

  /// Whether the waiting bytes can be all here.
  boolean hasTail() {
    int bytes = tailBytes();
    return bytes >= 0 && bytes <= TAIL_MOST_BYTES;
  }

  void beginTail(int file) {
    put(TAIL_SPAN, 0);
    put(TAIL_FILE, file);
  }

  /// Notes that `bytes`, of which the first `known` were there before, wait for being written
  /// behind `start`.
  ///
  /// @return false if there is no room
  boolean tail(long start, byte[] bytes, int known, int length) {
    if (length > TAIL_MOST_BYTES) {
      return false;
    }
    MemorySegment.copy(
        bytes, known, memory, ValueLayout.JAVA_BYTE, TAIL_OFFSET + (long) known, length - known);
    put(TAIL_SPAN, start << 32 | length);
    return true;
  }

  /// A copy of the waiting bytes.
  byte[] tail() {
    byte[] bytes = new byte[tailBytes()];
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, TAIL_OFFSET, bytes, 0, bytes.length);
    return bytes;
  }

  int files() {
    return (int) Math.clamp(get(FILES), 0, FILES_MOST);
  }

  int fileNumber(int i) {
    return (int) (get(FIRST_FILE + i) >>> 32);
  }

  long fileBytes(int i) {
    return get(FIRST_FILE + i) & 0xffff_ffffL;
  }

  /// Notes the length of a chunk file.
  ///
  /// @return false if there is no room for it
  boolean file(int number, long bytes) {
    int count = files();
    int at = count;
    while (at > 0 && fileNumber(at - 1) != number) {
      at--;
    }
    int slot = at == 0 ? count : at - 1;
    if (slot == FILES_MOST) {
      return false;
    }
    put(FIRST_FILE + slot, (long) number << 32 | bytes);
    if (slot == count) {
      put(FILES, count + 1L);
    }
    return true;
  }

  /// Forgets the chunk files numbered below `firstKept`.
  void filesBefore(int firstKept) {
    int count = files();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (fileNumber(i) >= firstKept) {
        put(FIRST_FILE + kept++, get(FIRST_FILE + i));
      }
    }
    put(FILES, kept);
  }

  /// Notes that there is nothing but float samples in the log from `begin` to `end`, which is not
  /// before anything noted so far. Without room, it is not noted.
  void span(long begin, long end) {
    int count = spanCount();
    if (count > 0 && get(FIRST_SPAN + 2 * count - 1) == begin) {
      put(FIRST_SPAN + 2 * count - 1, end);
    } else if (count < SPANS_MOST) {
      put(FIRST_SPAN + 2 * count, begin);
      put(FIRST_SPAN + 2 * count + 1, end);
      put(SPANS, count + 1L);
    }
  }

  private int spanCount() {
    return (int) Math.clamp(get(SPANS), 0, SPANS_MOST);
  }

  /// Forgets the spans before a place.
  void spansBefore(long position) {
    long[] known = allSpans();
    // Half of one and half of another would be wrong; none is not.
    put(SPANS, 0);
    int kept = 0;
    for (int i = 0; i < known.length; i += 2) {
      if (known[i] >= position) {
        put(FIRST_SPAN + 2 * kept, known[i]);
        put(FIRST_SPAN + 2 * kept + 1, known[i + 1]);
        kept++;
      }
    }
    put(SPANS, kept);
  }

  private long[] allSpans() {
    long[] found = new long[2 * spanCount()];
    for (int i = 0; i < found.length; i++) {
      found[i] = get(FIRST_SPAN + i);
    }
    return found;
  }

  /// The spans that are applied, ascending; none if they are not what they should be.
  long[] spans() {
    long[] found = allSpans();
    long applied = applied();
    int count = 0;
    long before = -1;
    for (int i = 0; i < found.length; i += 2) {
      long end = Math.min(found[i + 1], applied);
      if (found[i] < before || found[i + 1] < found[i]) {
        return new long[0];
      }
      before = found[i + 1];
      if (found[i] < end) {
        found[count++] = found[i];
        found[count++] = end;
      }
    }
    return Arrays.copyOf(found, count);
  }
}
