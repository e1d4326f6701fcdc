/// Expositions: what a target answers to a scrape. Owns the parsers of the text formats.
///
/// The door for reading is {@link io.narthex.model.exposition.ExpositionParser}: a cursor over a
/// body that hands out one entry at a time as positions in the bytes, and builds labels or strings
/// only when it is asked to. Its parsers accept and refuse exactly what Prometheus' parsers accept
/// and refuse, with the same texts, because targets are debugged by them: a lexer with states per
/// format ({@link io.narthex.model.exposition.TextLexer}) below a parser that asks it for tokens.
///
/// Invariants: a body of any bytes ends in entries or in an {@link
/// io.narthex.model.exposition.ExpositionException}, never in another exception; no recursion;
/// reading allocates nothing per line.
@NullMarked
package io.narthex.model.exposition;

import org.jspecify.annotations.NullMarked;
