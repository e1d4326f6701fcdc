package io.narthex.promql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the series of both sides of a binary operator find each other.
///
/// @param on whether `labels` are of `on` rather than `ignoring`
/// @param include labels of `group_left` and `group_right`
/// @param fillLeft value that stands in for a missing left side, or null
/// @param fillRight likewise for the right side
public record Matching(
    Cardinality cardinality,
    boolean on,
    List<String> labels,
    List<String> include,
    @Nullable Double fillLeft,
    @Nullable Double fillRight) {

  /// How many series of a side may meet one of the other; `group_left` is MANY_TO_ONE.
  public enum Cardinality {
    ONE_TO_ONE,
    MANY_TO_ONE,
    ONE_TO_MANY,
    MANY_TO_MANY
  }
}
