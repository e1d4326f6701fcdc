package io.narthex.tsdb.wal;

import io.narthex.io.bytes.BytesOut;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.tsdb.wal.RecordEncoder.ExemplarSample;
import io.narthex.tsdb.wal.RecordEncoder.Tombstone;
import java.util.List;

/// Puts together the records of a memory snapshot, which is framed as a log: one for each series,
/// then one of all that is deleted, then exemplars. Each method adds one record to a batch. Source:
/// prometheus `tsdb/docs/format/memory_snapshot.md`.
///
/// ```text
/// 1 | ref <u64> | labels | 0 <u64> | 0 <uvarint>                            nothing in memory
/// 1 | ref <u64> | labels | 0 <u64> | 1 <uvarint> | first time <u64> | last time <u64>
///   | encoding <1> | length <uvarint> | chunk | last value                  an open chunk
/// 2 | length <uvarint> | 1 | (ref <uvarint> | first <varint> | last <varint>)*
/// 3 | exemplars as in a log
/// ```
///
/// The last value of floats is seven words of zeros and the value, that of histograms is a
/// histogram as in a log.
public final class SnapshotRecords {

  private static final int SERIES = 1;
  private static final int TOMBSTONES = 2;
  private static final int EXEMPLARS = 3;
  private static final int TOMBSTONES_VERSION = 1;

  /// Three samples that once were kept beside the last one, and the last one's time.
  private static final int UNUSED_BYTES = 7 * 8;

  private SnapshotRecords() {}

  /// The chunk that a series is growing; times inclusive, in milliseconds.
  ///
  /// @param bytes the chunk is `[0, lengthBytes)` of it
  public record OpenChunk(long minMs, long maxMs, int encoding, byte[] bytes, int lengthBytes) {}

  /// A series without an open chunk.
  public static void series(WalBatch batch, long ref, Labels labels) {
    begin(batch, ref, labels).uvarint(0);
    batch.seal();
  }

  /// A series with an open chunk of floats.
  public static void series(
      WalBatch batch, long ref, Labels labels, OpenChunk chunk, double lastValue) {
    chunk(begin(batch, ref, labels), chunk).zeros(UNUSED_BYTES).f64(lastValue);
    batch.seal();
  }

  /// A series with an open chunk of histograms.
  ///
  /// @param whole whether the chunk is one of whole numbers
  public static void series(
      WalBatch batch,
      long ref,
      Labels labels,
      OpenChunk chunk,
      FloatHistogram last,
      boolean whole) {
    HistogramRecords.encode(last, whole, chunk(begin(batch, ref, labels), chunk));
    batch.seal();
  }

  private static BytesOut begin(WalBatch batch, long ref, Labels labels) {
    BytesOut out = batch.record().u8(SERIES).u64(ref);
    RecordEncoder.labels(labels, out);
    // Once the span of chunks.
    return out.u64(0);
  }

  private static BytesOut chunk(BytesOut out, OpenChunk chunk) {
    out.uvarint(1).u64(chunk.minMs).u64(chunk.maxMs).u8(chunk.encoding);
    return out.uvarint(chunk.lengthBytes).bytes(chunk.bytes, 0, chunk.lengthBytes);
  }

  /// All deleted spans; there may be none.
  public static void tombstones(WalBatch batch, List<Tombstone> tombstones) {
    BytesOut all = new BytesOut().u8(TOMBSTONES_VERSION);
    for (Tombstone tombstone : tombstones) {
      all.uvarint(tombstone.ref()).varint(tombstone.minMs()).varint(tombstone.maxMs());
    }
    batch.record().u8(TOMBSTONES).uvarint(all.length()).bytes(all.array(), 0, all.length());
    batch.seal();
  }

  /// Exemplars, oldest first; at least one.
  public static void exemplars(WalBatch batch, List<ExemplarSample> exemplars) {
    RecordEncoder.exemplars(batch.record().u8(EXEMPLARS), exemplars);
    batch.seal();
  }
}
