/// Blocks: what the head wrote down for good, two hours and more of all series in one folder.
///
/// Owns: the folder `<ULID>/{meta.json, index, chunks/NNNNNN, tombstones}` in the Prometheus
/// format. {@link io.narthex.tsdb.block.BlockWriter} makes one, {@link io.narthex.tsdb.block.Block}
/// reads one, {@link io.narthex.tsdb.block.Compactor} makes one of several. Invariants: a folder
/// with a block's name is whole, because it was written under another name and moved; its files
/// never change, but for `tombstones` and `meta.json`, which are replaced in one step; its mapped
/// files stay readable until the last querier is closed.
@NullMarked
package io.narthex.tsdb.block;

import org.jspecify.annotations.NullMarked;
