package io.narthex.tsdb.wal;

import io.narthex.io.bytes.BytesIn;
import io.narthex.model.labels.Labels;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The series of one record, as columns. Reusable; not thread-safe.
public final class SeriesColumns {

  /// References as they stand in the log.
  public long[] refs = new long[64];

  /// Labels made of the strings of one {@link LabelTexts}.
  public @Nullable Labels[] labels = new Labels[64];

  public int size;

  /// Where the texts of the series before stand in the record: neighbours have most of them in
  /// common.
  private int[] starts = new int[32];

  private int[] lengths = new int[32];
  private String[] last = new String[32];
  private int texts;

  /// Takes the place of all that was here.
  ///
  /// @throws io.narthex.io.bytes.CorruptFileException if the record is not one of series; what was
  ///   read up to there is here
  public void read(byte[] record, int lengthBytes, LabelTexts known) {
    Arrays.fill(labels, 0, size, null);
    size = 0;
    texts = 0;
    BytesIn in = new BytesIn("WAL record", MemorySegment.ofArray(record), 1, lengthBytes);
    while (in.hasRemaining()) {
      long ref = in.u64();
      Labels next = labels(in, record, known);
      if (size == refs.length) {
        refs = Arrays.copyOf(refs, size * 2);
        labels = Arrays.copyOf(labels, size * 2);
      }
      refs[size] = ref;
      labels[size++] = next;
    }
  }

  private Labels labels(BytesIn in, byte[] record, LabelTexts known) {
    int count = in.uvarint31();
    if (count > in.remaining()) {
      throw in.corrupt("a series with " + count + " labels");
    }
    String[] pairs = new String[2 * count];
    if (pairs.length > starts.length) {
      starts = Arrays.copyOf(starts, pairs.length);
      lengths = Arrays.copyOf(lengths, pairs.length);
      last = Arrays.copyOf(last, pairs.length);
    }
    for (int i = 0; i < pairs.length; i++) {
      int length = in.uvarint31();
      int at = (int) in.position();
      in.skip(length);
      boolean same =
          i < texts
              && lengths[i] == length
              && Arrays.equals(record, at, at + length, record, starts[i], starts[i] + length);
      pairs[i] = same ? last[i] : known.text(record, at, length);
      last[i] = pairs[i];
      starts[i] = at;
      lengths[i] = length;
    }
    texts = pairs.length;
    return Labels.ofSorted(pairs);
  }
}
