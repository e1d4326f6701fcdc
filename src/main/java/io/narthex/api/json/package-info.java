/// JSON of the HTTP API, written straight to bytes.
///
/// Owns: numbers, points, histograms and label sets in the API's notation. Invariants: an answer of
/// any size needs one small buffer; whoever writes is slowed down by whoever reads.
@NullMarked
package io.narthex.api.json;

import org.jspecify.annotations.NullMarked;
