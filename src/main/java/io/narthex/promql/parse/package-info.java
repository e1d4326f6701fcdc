/// The language: text to tree and back.
///
/// Owns: tokens, grammar, function signatures, types of expressions, the texts of trees, and the
/// notation of series in tests. Doors: PromqlParser, ExprPrinter and PrettyPrinter, Functions,
/// SeriesDescription.
///
/// Invariants: any text gives a tree or a ParseException, never another exception; trees are
/// checked, of bounded depth, and print to a text that parses to the same tree; positions are
/// offsets into the UTF-8 bytes of the text. Mistakes have the words and places of Prometheus 3.14,
/// whose grammar (`promql/parser/generated_parser.y`) is the source. A mistake in the syntax ends
/// parsing; mistakes in the meaning are collected.
@NullMarked
package io.narthex.promql.parse;

import org.jspecify.annotations.NullMarked;
