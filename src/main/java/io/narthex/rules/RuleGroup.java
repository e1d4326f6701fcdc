package io.narthex.rules;

import java.util.List;
import java.util.OptionalLong;

/// Rules that are evaluated one after another, at the same instants.
///
/// @param file where it stands, as the user named it
/// @param name unique in its file
/// @param intervalMs from one evaluation to the next; 0 if the server's default holds
/// @param queryOffsetMs how far in the past expressions are evaluated; empty if the server's
///   default holds
/// @param limit most series or alerts of a rule, 0 for any number
public record RuleGroup(
    String file,
    String name,
    long intervalMs,
    OptionalLong queryOffsetMs,
    int limit,
    List<Rule> rules) {}
