package io.narthex.tsdb.wal;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.model.labels.Labels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The series of one record, as columns. Reusable; not thread-safe.
public final class SeriesColumns {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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

  /// Where the record is being read, and where it ends.
  private int at;

  private int end;

  /// Takes the place of all that was here.
  ///
  /// @throws CorruptFileException if the record is not one of series; what was read up to there is
  ///   here
  public void read(byte[] record, int lengthBytes, LabelTexts known) {
    Arrays.fill(labels, 0, size, null);
    size = 0;
    texts = 0;
    at = 1;
    end = lengthBytes;
    while (at < end) {
      if (end - at < Long.BYTES) {
        throw corrupt("no room for a reference");
      }
      long ref = (long) LONG.get(record, at);
      at += Long.BYTES;
      Labels next = labels(record, known);
      if (size == refs.length) {
        refs = Arrays.copyOf(refs, size * 2);
        labels = Arrays.copyOf(labels, size * 2);
      }
      refs[size] = ref;
      labels[size++] = next;
    }
  }

  private Labels labels(byte[] record, LabelTexts known) {
    int count = length(record);
    if (count > end - at) {
      throw corrupt("a series with " + count + " labels");
    }
    String[] pairs = new String[2 * count];
    if (pairs.length > starts.length) {
      starts = Arrays.copyOf(starts, pairs.length);
      lengths = Arrays.copyOf(lengths, pairs.length);
      last = Arrays.copyOf(last, pairs.length);
    }
    for (int i = 0; i < pairs.length; i++) {
      int length = length(record);
      if (length > end - at) {
        throw corrupt("a text of " + length + " bytes");
      }
      boolean same =
          i < texts
              && lengths[i] == length
              && Arrays.equals(record, at, at + length, record, starts[i], starts[i] + length);
      pairs[i] = same ? last[i] : known.text(record, at, length);
      last[i] = pairs[i];
      starts[i] = at;
      lengths[i] = length;
      at += length;
    }
    texts = pairs.length;
    return Labels.ofSorted(pairs);
  }

  /// The varint at hand; mostly it is one byte.
  private int length(byte[] record) {
    long value = 0;
    for (int shift = 0; at < end && shift < 35; shift += 7) {
      byte next = record[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0 && value <= Integer.MAX_VALUE) {
        return (int) value;
      }
    }
    throw corrupt("a length that is none");
  }

  private CorruptFileException corrupt(String found) {
    return new CorruptFileException("WAL record", at, found);
  }
}
