package io.narthex.tsdb.head;

import io.narthex.io.bytes.BytesOut;
import io.narthex.io.bytes.Varint;

/// Layout of the files in `chunks_head/`: `magic <u32> | version <1> | 3 zero bytes`, then chunks
/// as `series ref <u64> | min time <u64> | max time <u64> | encoding <1> | length <uvarint> | data
/// | crc32c <u32>`, the checksum over everything before it. The top bit of the encoding says that
/// the samples came out of order. A chunk is named by `file number << 32 | offset`. Source:
/// prometheus `tsdb/docs/format/head_chunks.md`.
final class ChunkRecord {

  static final int MAGIC = 0x0130BC91;
  static final int VERSION = 1;
  static final int HEADER_BYTES = 8;
  static final int OUT_OF_ORDER = 0x80;

  /// Everything before the length.
  static final int FIXED_BYTES = 25;

  static final int CRC_BYTES = 4;

  private ChunkRecord() {}

  static int sizeBytes(int dataBytes) {
    return FIXED_BYTES + Varint.sizeUnsigned(dataBytes) + dataBytes + CRC_BYTES;
  }

  static void writeHeader(BytesOut out) {
    out.u32(MAGIC).u8(VERSION).zeros(3);
  }

  static void write(
      BytesOut out, long ref, long minMs, long maxMs, int encoding, byte[] data, int lengthBytes) {
    int start = out.length();
    out.u64(ref).u64(minMs).u64(maxMs).u8(encoding).uvarint(lengthBytes);
    out.bytes(data, 0, lengthBytes);
    out.u32(out.crc32c(start));
  }
}
