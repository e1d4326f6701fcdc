/// Work on data folders that no server has to have open: the tools' door to the storage.
///
/// {@link io.narthex.tsdb.offline.OfflineTsdb} reads a folder without changing it, even one that a
/// server writes to; {@link io.narthex.tsdb.offline.BlockAnalysis} tells what a block is made of;
/// {@link io.narthex.tsdb.offline.BlockCheck} looks at every byte of it; {@link
/// io.narthex.tsdb.offline.Backfill} makes blocks of samples that come in any order of series, by
/// way of sorted runs on disk when they do not fit into memory.
///
/// Invariants: nothing here changes a file that was there before; a block that cannot be read is an
/// error and never left out silently.
@NullMarked
package io.narthex.tsdb.offline;

import org.jspecify.annotations.NullMarked;
