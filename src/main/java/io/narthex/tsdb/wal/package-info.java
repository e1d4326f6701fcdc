/// The write-ahead log: everything that was committed and is not in a block yet.
///
/// Owns: the folder `wal/` (and `wbl/`) with its segments and checkpoints, in Prometheus' format.
/// {@link io.narthex.tsdb.wal.WalWriter} appends batches, {@link io.narthex.tsdb.wal.WalReader}
/// gives the records back, {@link io.narthex.tsdb.wal.Checkpoint} shortens the log. Records are
/// written by {@link io.narthex.tsdb.wal.WalBatch} and read by {@link
/// io.narthex.tsdb.wal.RecordDecoder}.
///
/// Format: segments `%08d` of at most 128 MiB, made of 32 KiB pages. A record is cut into fragments
/// `type <1> | length <u16> | crc32c <u32> | data`; a fragment never crosses a page, a record never
/// crosses a segment. Low three bits of the type: 0 rest of the page is empty, 1 full, 2 first, 3
/// middle, 4 last; bit 3 says snappy, bit 4 zstd; the checksum covers the stored bytes. Source:
/// prometheus `tsdb/docs/format/wal.md`, `tsdb/wlog`, `tsdb/record`.
///
/// Invariants: what `log` returned for has been handed to the operating system, so the death of the
/// process loses nothing; a torn write is cut off before the next one; readers never trust a
/// length.
@NullMarked
package io.narthex.tsdb.wal;

import org.jspecify.annotations.NullMarked;
