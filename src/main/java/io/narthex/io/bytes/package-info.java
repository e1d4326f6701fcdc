/// Bytes: varints, big-endian numbers, checksums, readers that know where they are.
///
/// Owns: {@link io.narthex.io.bytes.BytesOut} (growing output), {@link io.narthex.io.bytes.BytesIn}
/// (bounded input that names file and offset when it finds nonsense), {@link
/// io.narthex.io.bytes.Crc32c}. Invariants: integers are big-endian; a read beyond the end is a
/// {@link io.narthex.io.bytes.CorruptFileException}, never anything worse.
@NullMarked
package io.narthex.io.bytes;

import org.jspecify.annotations.NullMarked;
