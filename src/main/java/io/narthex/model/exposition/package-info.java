/// The formats in which targets show their metrics: text 0.0.4 and 1.0.0, OpenMetrics 0.0.1 and
/// 1.0.0.
///
/// Owns: parsers that walk a body as bytes and hand out entries without an object a line, and
/// writers that append to a growing buffer. Invariants: a body is data of a stranger: whatever it
/// holds, the answer is an entry or an error that names the line, in bounded memory and without
/// recursion.
@NullMarked
package io.narthex.model.exposition;

import org.jspecify.annotations.NullMarked;
