package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.storage.StorageException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The series of the head: reference to page, labels to reference. References are dense, ascend and
/// are never used again. One thread changes it (under the head's commit lock); any thread reads
/// pages.
final class SeriesTable {

  /// The greatest reference that a series may have: the table of pages takes a gigabyte then. At a
  /// thousand new series a second it is reached after two years.
  private static final long MOST_REF = (1L << 36) - 1;

  private final HeadMemory memory;
  private volatile @Nullable SeriesPage[] pages = new SeriesPage[16];

  /// References by hash of the labels; 0 is free. A power of two, at most 3/4 full.
  private long[] byLabels = new long[1024];

  private int live;
  private long nextRef = 1;

  SeriesTable(HeadMemory memory) {
    this.memory = memory;
  }

  /// The page of a reference, or null if no such series is in the head. Any reference is allowed.
  @Nullable SeriesPage page(long ref) {
    long index = ref >>> SeriesPage.SHIFT;
    SeriesPage[] known = pages;
    return index < known.length && index >= 0 ? known[(int) index] : null;
  }

  /// Labels of a series, or null if it is not in the head.
  @Nullable Labels labels(long ref) {
    SeriesPage page = page(ref);
    return page == null ? null : page.labels[(int) ref & SeriesPage.MASK];
  }

  /// Pages in the order of references; some are null.
  @Nullable SeriesPage[] pages() {
    return pages;
  }

  /// How many series there are.
  int live() {
    return live;
  }

  /// The reference that the next new series gets.
  long nextRef() {
    return nextRef;
  }

  /// Lets new series begin behind `ref`; those that no series can have do not count.
  void skipRefs(long ref) {
    if (ref >= nextRef && isPossible(ref)) {
      nextRef = ref + 1;
      memory.nextRef(nextRef);
    }
  }

  /// Reference of the series with these labels, or 0.
  long find(Labels labels) {
    int slot = slot(labels);
    return byLabels[slot];
  }

  /// Adds a series with interned labels that is not there yet.
  void add(long ref, Labels labels) {
    if ((live + 1) * 4L > byLabels.length * 3L) {
      rehash(byLabels.length * 2);
    }
    SeriesPage page = pageOrNew(ref);
    page.labels[(int) ref & SeriesPage.MASK] = labels;
    page.live++;
    byLabels[slot(labels)] = ref;
    live++;
    skipRefs(ref);
  }

  /// The page of a reference, made if it is missing.
  SeriesPage pageOrNew(long ref) {
    if (!isPossible(ref)) {
      throw new StorageException(tooGreat(ref));
    }
    long index = ref >>> SeriesPage.SHIFT;
    SeriesPage[] known = pages;
    if (index >= known.length) {
      known = Arrays.copyOf(known, (int) Math.max(index + 1, Math.min(known.length * 2L, 1 << 30)));
      pages = known;
    }
    SeriesPage page = known[(int) index];
    if (page == null) {
      page = new SeriesPage(memory.pages().page(index));
      known[(int) index] = page;
      pages = known;
    }
    return page;
  }

  /// Whether a series may have this reference.
  static boolean isPossible(long ref) {
    return ref >= 0 && ref <= MOST_REF;
  }

  /// What a user is told about a reference that no series may have.
  static String tooGreat(long ref) {
    return "series reference "
        + Long.toUnsignedString(ref)
        + " is greater than "
        + MOST_REF
        + "; to go on, let the server that wrote it make a snapshot"
        + " (POST /api/v1/admin/tsdb/snapshot) and start with that, or move the wal, wbl and"
        + " chunks_head folders away, which loses what is in no block yet";
  }

  /// Makes room for so many series.
  void reserve(long series) {
    int size = byLabels.length;
    while (series * 4 > size * 3L && size < 1 << 28) {
      size *= 2;
    }
    if (size > byLabels.length) {
      rehash(size);
    }
  }

  /// Takes over the page with a number that an earlier process made.
  ///
  /// @return false if there is one already
  boolean adopt(int index, SeriesPage page) {
    @Nullable SeriesPage[] known = pages;
    if (index >= known.length) {
      known = Arrays.copyOf(known, Math.max(index + 1, known.length * 2));
    }
    if (known[index] != null) {
      return false;
    }
    known[index] = page;
    pages = known;
    return true;
  }

  /// Removes a series.
  void remove(long ref) {
    SeriesPage page = page(ref);
    int at = (int) ref & SeriesPage.MASK;
    Labels labels = page == null ? null : page.labels[at];
    if (page == null || labels == null) {
      throw new IllegalStateException("BUG: series " + ref + " is not in the head");
    }
    removeFromTable(slot(labels));
    page.labels[at] = null;
    page.mapped[at] = null;
    page.live--;
    live--;
    if (page.live == 0 && ref >>> SeriesPage.SHIFT < nextRef >>> SeriesPage.SHIFT) {
      drop((int) (ref >>> SeriesPage.SHIFT));
    }
  }

  /// Gives up a page that has no series any more.
  void drop(int index) {
    SeriesPage page = pages[index];
    pages[index] = null;
    if (page != null) {
      memory.pages().free(page.memory());
    }
  }

  /// Closes the gap, so that later entries of the same run are still found.
  private void removeFromTable(int slot) {
    int mask = byLabels.length - 1;
    int gap = slot;
    int at = slot;
    while (true) {
      at = (at + 1) & mask;
      long ref = byLabels[at];
      if (ref == 0) {
        byLabels[gap] = 0;
        return;
      }
      int home = home(labelsOf(ref), mask);
      if (((at - home) & mask) >= ((at - gap) & mask)) {
        byLabels[gap] = ref;
        gap = at;
      }
    }
  }

  private void rehash(int size) {
    long[] old = byLabels;
    byLabels = new long[size];
    int mask = size - 1;
    for (long ref : old) {
      if (ref != 0) {
        int at = home(labelsOf(ref), mask);
        while (byLabels[at] != 0) {
          at = (at + 1) & mask;
        }
        byLabels[at] = ref;
      }
    }
  }

  /// The slot that holds the labels, or the free one where they belong.
  private int slot(Labels labels) {
    int mask = byLabels.length - 1;
    int at = home(labels, mask);
    while (true) {
      long ref = byLabels[at];
      if (ref == 0 || labelsOf(ref).equals(labels)) {
        return at;
      }
      at = (at + 1) & mask;
    }
  }

  private static int home(Labels labels, int mask) {
    return labels.hashCode() & mask;
  }

  private Labels labelsOf(long ref) {
    Labels labels = labels(ref);
    if (labels == null) {
      throw new IllegalStateException("BUG: series " + ref + " has no labels");
    }
    return labels;
  }
}
