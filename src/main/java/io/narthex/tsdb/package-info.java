/// The storage: everything that was scraped, on this machine's disk, in Prometheus' format.
///
/// Owns: the data folder `<ULID>/`, `chunks_head/`, `wal/`, `wbl/`, `snapshots/`, `lock`, and
/// `head_memory/`, which no other program knows and which may be deleted at any time. The door is
/// {@link io.narthex.tsdb.Tsdb}; its children are parts of it and nobody else's business: `head`
/// (the newest hours), `wal`, `block` (the rest), `index` and `chunk` (what blocks are made of).
///
/// Invariants: a sample is in the head or in a block, and a querier sees it exactly once while it
/// moves; what was committed survives the death of the process; no corrupt file keeps the storage
/// from opening; all background work is done by one task at a time, never on a caller's thread.
@NullMarked
package io.narthex.tsdb;

import org.jspecify.annotations.NullMarked;
