/// Chunks: runs of samples of one series, compressed.
///
/// Owns: the encodings of the Prometheus storage format. {@link io.narthex.tsdb.chunk.XorAppender}
/// writes floats, {@link io.narthex.tsdb.chunk.ChunkDecoder} reads chunks of any encoding into a
/// {@link io.narthex.storage.SampleBuffer}. A chunk here is its data alone; length, encoding byte
/// and checksum around it belong to the file that holds it. Invariants: values travel as raw bits;
/// what an appender writes is byte for byte what Prometheus writes; bytes that are no chunk give a
/// {@link io.narthex.io.bytes.CorruptFileException}.
@NullMarked
package io.narthex.tsdb.chunk;

import org.jspecify.annotations.NullMarked;
