/// Expositions: the texts in which targets show their samples.
///
/// Owns: the formats and who asks for which ({@link io.narthex.model.exposition.ExpositionFormat}),
/// writing them ({@link io.narthex.model.exposition.ExpositionWriter}), the escaping of names.
/// Invariants: a writer takes families one after another, each with all its samples, and appends to
/// a buffer that its caller owns; what it writes is byte for byte what the reference writes.
@NullMarked
package io.narthex.model.exposition;

import org.jspecify.annotations.NullMarked;
