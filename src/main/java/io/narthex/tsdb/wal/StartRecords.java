package io.narthex.tsdb.wal;

import io.narthex.io.bytes.BytesIn;
import io.narthex.io.bytes.BytesOut;
import io.narthex.model.sample.FloatHistogram;

/// The records of samples with start timestamps, types 11 to 13: `ref <varint> | time <varint> |
/// start <varint> | value`, then for each further sample the reference as a delta to the one
/// before, the time as a delta to the first one, a marker (0 no start, 1 that of the sample before,
/// 2 a delta to the first one follows) and the value. Source: prometheus `tsdb/record/record.go`.
final class StartRecords {

  private static final int NO_START = 0;
  private static final int SAME_START = 1;
  private static final int OTHER_START = 2;

  private StartRecords() {}

  /// Goes through the samples of a record.
  private static final class Reader {
    private final BytesIn in;
    private long firstMs;
    private long firstStartMs;
    private boolean begun;

    /// Of the sample at hand.
    private long ref;

    private long tMs;
    private long startMs;

    private Reader(BytesIn in) {
      this.in = in;
    }

    /// Moves to the next sample, up to its value.
    private boolean next() {
      if (!in.hasRemaining()) {
        return false;
      }
      ref += in.varint();
      if (begun) {
        tMs = firstMs + in.varint();
        start();
      } else {
        begun = true;
        firstMs = in.varint();
        tMs = firstMs;
        firstStartMs = in.varint();
        startMs = firstStartMs;
      }
      return true;
    }

    private void start() {
      int marker = in.u8();
      if (marker == NO_START) {
        startMs = 0;
      } else if (marker != SAME_START) {
        startMs = firstStartMs + in.varint();
      }
    }
  }

  /// Appends the float samples of a record to `out`.
  static void samples(BytesIn in, SampleColumns out) {
    Reader reader = new Reader(in);
    while (reader.next()) {
      out.add(reader.ref, reader.tMs, in.f64(), reader.startMs);
    }
  }

  /// Hands the histograms of a record to `sink`.
  static void histograms(BytesIn in, boolean floats, RecordSink sink) {
    Reader reader = new Reader(in);
    while (reader.next()) {
      FloatHistogram histogram = HistogramRecords.decode(in, floats);
      sink.histogram(reader.ref, reader.tMs, histogram, reader.startMs);
    }
  }

  /// Puts a record together.
  static final class Writer {
    private final BytesOut out;
    private final int type;
    private long firstMs;
    private long firstStartMs;
    private long lastRef;
    private long lastStartMs;

    /// @param out empty
    Writer(BytesOut out, int type) {
      this.out = out;
      this.type = type;
    }

    /// Writes what comes before the value of a sample.
    ///
    /// @param startMs 0 if it is unknown
    BytesOut sample(long ref, long tMs, long startMs) {
      if (out.length() == 0) {
        firstMs = tMs;
        firstStartMs = startMs;
        out.u8(type).varint(ref).varint(tMs).varint(startMs);
      } else {
        out.varint(ref - lastRef).varint(tMs - firstMs);
        start(startMs);
      }
      lastRef = ref;
      lastStartMs = startMs;
      return out;
    }

    private void start(long startMs) {
      if (startMs == 0) {
        out.u8(NO_START);
      } else if (startMs == lastStartMs) {
        out.u8(SAME_START);
      } else {
        out.u8(OTHER_START).varint(startMs - firstStartMs);
      }
    }
  }
}
