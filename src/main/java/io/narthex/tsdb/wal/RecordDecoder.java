package io.narthex.tsdb.wal;

import io.narthex.io.bytes.BytesIn;
import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.bytes.Varint;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Takes records apart. Types it does not know are skipped, so that a log of a newer server can be
/// read. Not thread-safe.
public final class RecordDecoder {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int SAMPLE_LEAST_BYTES = 10;

  private final RecordSink sink;
  private final SampleColumns samples = new SampleColumns();

  public RecordDecoder(RecordSink sink) {
    this.sink = sink;
  }

  /// Whether a record holds float samples, which `samples` can decode alone.
  public static boolean isSamples(byte[] record, int length) {
    return length > 0
        && (record[0] == WalFormat.SAMPLES || record[0] == WalFormat.SAMPLES_WITH_START);
  }

  /// Whether a record holds series, which {@link SeriesColumns} reads faster.
  public static boolean isSeries(byte[] record, int length) {
    return length > 0 && record[0] == WalFormat.SERIES;
  }

  /// Hands everything in the record to the sink.
  ///
  /// @throws CorruptFileException if the record is not what its type says
  public void decode(byte[] record, int length) {
    if (length == 0) {
      return;
    }
    if (isSamples(record, length)) {
      samples.clear();
      samples(record, length, samples);
      sink.samples(samples);
      return;
    }
    BytesIn in = behindType(record, length);
    switch (record[0]) {
      case WalFormat.SERIES -> series(in);
      case WalFormat.TOMBSTONES -> tombstones(in);
      case WalFormat.EXEMPLARS -> exemplars(in);
      case WalFormat.MMAP_MARKERS -> markers(in);
      case WalFormat.METADATA -> metadata(in);
      case WalFormat.HISTOGRAMS, WalFormat.CUSTOM_HISTOGRAMS -> histograms(in, false);
      case WalFormat.FLOAT_HISTOGRAMS, WalFormat.CUSTOM_FLOAT_HISTOGRAMS -> histograms(in, true);
      case WalFormat.MIN_VALID_TIME -> sink.minValid(in.u64());
      case WalFormat.HISTOGRAMS_WITH_START -> StartRecords.histograms(in, false, sink);
      case WalFormat.FLOAT_HISTOGRAMS_WITH_START -> StartRecords.histograms(in, true, sink);
      default -> {
        // A newer server's record: what it says cannot be known.
      }
    }
  }

  private static BytesIn behindType(byte[] record, int length) {
    return new BytesIn("WAL record", MemorySegment.ofArray(record), 1, length);
  }

  /// Appends the float samples of a record to `out`, which has none of another record.
  public static void samples(byte[] record, int length, SampleColumns out) {
    if (record[0] == WalFormat.SAMPLES_WITH_START) {
      StartRecords.samples(behindType(record, length), out);
    } else {
      plainSamples(record, length, out);
    }
  }

  private static void plainSamples(byte[] record, int length, SampleColumns out) {
    if (length <= 1) {
      return;
    }
    if (length < 17) {
      throw new CorruptFileException("WAL record", length, "no room for the first reference");
    }
    long baseRef = (long) LONG.get(record, 1);
    long baseMs = (long) LONG.get(record, 9);
    int at = 17;
    out.reserve(out.size + (length - at) / SAMPLE_LEAST_BYTES + 1);
    long[] refs = out.refs;
    long[] times = out.timesMs;
    double[] values = out.values;
    int n = out.size;
    try {
      while (at < length) {
        long delta = record[at++];
        if (delta < 0) {
          delta &= 0x7f;
          int shift = 7;
          byte next;
          do {
            next = record[at++];
            delta |= (long) (next & 0x7f) << shift;
            shift += 7;
          } while (next < 0);
        }
        long deltaMs = record[at++];
        if (deltaMs < 0) {
          deltaMs &= 0x7f;
          int shift = 7;
          byte next;
          do {
            next = record[at++];
            deltaMs |= (long) (next & 0x7f) << shift;
            shift += 7;
          } while (next < 0);
        }
        refs[n] = baseRef + Varint.unzigzag(delta);
        times[n] = baseMs + Varint.unzigzag(deltaMs);
        values[n++] = Double.longBitsToDouble((long) LONG.get(record, at));
        at += 8;
      }
    } catch (IndexOutOfBoundsException _) {
      at = length + 1;
    }
    if (at != length) {
      throw new CorruptFileException("WAL record", length, "the record ends within a sample");
    }
    out.size = n;
  }

  private void series(BytesIn in) {
    while (in.hasRemaining()) {
      long ref = in.u64();
      sink.series(ref, labels(in));
    }
  }

  private static Labels labels(BytesIn in) {
    int count = in.uvarint31();
    if (count > in.remaining()) {
      throw in.corrupt("a series with " + count + " labels");
    }
    String[] pairs = new String[2 * count];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = in.uvarintString();
    }
    return Labels.ofSorted(pairs);
  }

  private void tombstones(BytesIn in) {
    while (in.hasRemaining()) {
      sink.tombstone(in.u64(), in.varint(), in.varint());
    }
  }

  private void exemplars(BytesIn in) {
    if (!in.hasRemaining()) {
      return;
    }
    long baseRef = in.u64();
    long baseMs = in.u64();
    while (in.hasRemaining()) {
      long ref = baseRef + in.varint();
      long tMs = baseMs + in.varint();
      double value = in.f64();
      sink.exemplar(ref, tMs, value, labels(in));
    }
  }

  private void markers(BytesIn in) {
    while (in.hasRemaining()) {
      sink.mapMarker(in.u64(), in.u64());
    }
  }

  private void metadata(BytesIn in) {
    while (in.hasRemaining()) {
      long ref = in.uvarint();
      int type = in.u8();
      int fields = in.uvarint31();
      String unit = "";
      String help = "";
      for (int i = 0; i < fields; i++) {
        String name = in.uvarintString();
        String value = in.uvarintString();
        switch (name) {
          case "UNIT" -> unit = value;
          case "HELP" -> help = value;
          default -> {
            // A newer server's field.
          }
        }
      }
      sink.metadata(ref, new Metadata(RecordTypes.metricType(type), unit, help));
    }
  }

  private void histograms(BytesIn in, boolean floats) {
    if (!in.hasRemaining()) {
      return;
    }
    long baseRef = in.u64();
    long baseMs = in.u64();
    while (in.hasRemaining()) {
      long ref = baseRef + in.varint();
      long tMs = baseMs + in.varint();
      FloatHistogram histogram = HistogramRecords.decode(in, floats);
      sink.histogram(ref, tMs, histogram, 0);
    }
  }
}
