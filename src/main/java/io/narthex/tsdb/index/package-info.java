/// The index of a block: which series there are, how to find them by label, where their chunks lie.
///
/// Owns: the index file of the Prometheus storage format (written in version 2, read in versions 1
/// to 3), {@link io.narthex.tsdb.index.Postings} and their algebra, and the meaning of matchers
/// ({@link io.narthex.tsdb.index.MatcherResolver}) over anything that is a {@link
/// io.narthex.tsdb.index.LabelIndex}.
///
/// The file:
///
/// ```
/// magic 0xBAAAD700 <4> | version <1>
/// symbols   len <4> | count <4> | (length <uvarint> | utf-8)*            | crc32c <4>
/// series    16-aligned: len <uvarint> | labels | chunks                  | crc32c <4>
/// postings   4-aligned: len <4> | count <4> | series id <4> *            | crc32c <4>
/// table     len <4> | count <4> | (2 | name | value | offset <uvarint>)* | crc32c <4>
/// toc       six offsets <8>: symbols, series, -, -, postings, table      | crc32c <4>
/// ```
///
/// Invariants: a series id is its offset / 16, so ascending ids are ascending labels; a symbol of
/// one reader is always the same String object.
@NullMarked
package io.narthex.tsdb.index;

import org.jspecify.annotations.NullMarked;
