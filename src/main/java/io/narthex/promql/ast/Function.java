package io.narthex.promql.ast;

import java.util.List;

/// The signature of a function.
///
/// @param args types of the arguments, the optional ones included
/// @param variadic how many arguments at the end are optional; -1 if the last may be repeated or
///   left out
public record Function(
    String name, List<ValueType> args, int variadic, ValueType returns, boolean experimental) {}
