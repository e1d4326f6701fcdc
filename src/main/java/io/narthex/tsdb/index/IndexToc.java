package io.narthex.tsdb.index;

import io.narthex.io.bytes.BytesIn;
import io.narthex.io.bytes.BytesOut;

/// The last bytes of an index: where its sections begin; 0 stands for a section that is not there.
record IndexToc(
    long symbols,
    long series,
    long labelIndices,
    long labelIndicesTable,
    long postings,
    long postingsTable) {

  static final int MAGIC = 0xBAAAD700;
  static final int HEADER_BYTES = 5;
  static final int TOC_BYTES = 6 * 8 + 4;

  /// Series begin at multiples of this; their ids count in it.
  static final int SERIES_ALIGNMENT_BYTES = 16;

  static IndexToc read(BytesIn in) {
    long end = in.end();
    long start = end - TOC_BYTES;
    in.seek(Math.max(0, start), end);
    IndexToc toc = new IndexToc(in.u64(), in.u64(), in.u64(), in.u64(), in.u64(), in.u64());
    in.checkCrc32c(start);
    return toc;
  }

  void write(BytesOut out) {
    int start = out.length();
    out.u64(symbols)
        .u64(series)
        .u64(labelIndices)
        .u64(labelIndicesTable)
        .u64(postings)
        .u64(postingsTable);
    out.u32(out.crc32c(start));
  }
}
