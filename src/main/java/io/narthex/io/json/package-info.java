/// JSON as a tree, for small documents: block metadata, state files, reference data of tests.
///
/// Owns: {@link io.narthex.io.json.Json} and its reader and writer. Invariants: objects keep the
/// order of their keys; numbers keep their text, so what was read is written back unchanged.
@NullMarked
package io.narthex.io.json;

import org.jspecify.annotations.NullMarked;
