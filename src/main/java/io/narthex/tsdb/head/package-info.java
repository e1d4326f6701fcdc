/// The head: the newest hours of all series, in memory.
///
/// Owns: the series and their labels, their open chunks, the folder `chunks_head/`, and the log
/// that makes it all durable. The door is {@link io.narthex.tsdb.head.Head}.
///
/// Shape: a series is a number, its reference. References are dense, so the state of a series is a
/// line of eight longs in a page of 256 ({@link io.narthex.tsdb.head.SeriesPage}); the bits of its
/// open chunk lie in 64-byte blocks outside the heap ({@link io.narthex.tsdb.head.ChunkSlabs});
/// finished chunks go to mapped files at once ({@link io.narthex.tsdb.head.ChunkFiles}) and leave
/// eight bytes behind. Open chunks of histograms lie beside the pages ({@link
/// io.narthex.tsdb.head.HistogramSeries}), samples that came late beside the chunks ({@link
/// io.narthex.tsdb.head.LateSamples}). Labels are made of the strings of the postings, which are
/// the symbol table. Start timestamps, where they are kept, lie beside the lines until their chunk
/// is finished, and die with the process: the log has them, too.
///
/// Lines and blocks are memory of mapped files ({@link io.narthex.tsdb.head.HeadMemory}), so they
/// outlive the process: a start after a kill goes on with them, and reads neither samples nor the
/// parts of the log that have nothing else. They are believed only as far as they fit the log, the
/// chunk files and themselves ({@link io.narthex.tsdb.head.HeadRecall}); otherwise the log is read
/// as a whole. They cost 64 bytes of disk for a series and 64 for each block of an open chunk, in
/// steps of 1 MiB.
///
/// What is in memory at an orderly end can be left for Prometheus, too ({@link
/// io.narthex.tsdb.head.ChunkSnapshots}).
///
/// Invariants: commits run one after another under one lock, which also is the only writer's right
/// to all of the above; a commit is in the log before it is in memory; readers take no lock and
/// never hold one up, they copy a series' line and look whether it changed meanwhile; a reader sees
/// each commit whole or not at all ({@link io.narthex.tsdb.head.Isolation}).
@NullMarked
package io.narthex.tsdb.head;

import org.jspecify.annotations.NullMarked;
