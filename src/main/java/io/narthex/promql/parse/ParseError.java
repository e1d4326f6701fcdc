package io.narthex.promql.parse;

/// One mistake in a query.
///
/// @param start byte offset where it begins
/// @param end byte offset behind it
/// @param message what is wrong, in Prometheus' words, without the place
public record ParseError(int start, int end, String message) {}
