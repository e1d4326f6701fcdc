package io.narthex.exporter.node;

import io.narthex.model.labels.LabelRegex;
import org.jspecify.annotations.Nullable;

/// Which of many names are wanted. An expression matches anywhere in a name unless it has anchors.
///
/// @param exclude names that are not wanted, or null
/// @param include the only names that are wanted, or null
record NameFilter(@Nullable LabelRegex exclude, @Nullable LabelRegex include) {

  /// A filter of two expressions, each of which may be empty for "none".
  static NameFilter of(String exclude, String include) {
    return new NameFilter(compile(exclude), compile(include));
  }

  private static @Nullable LabelRegex compile(String expression) {
    return expression.isEmpty() ? null : search(expression);
  }

  /// An expression that looks for a match anywhere.
  static LabelRegex search(String expression) {
    return LabelRegex.compile("(?:.*(?:" + expression + ").*)");
  }

  boolean ignores(String name) {
    return exclude != null && exclude.matches(name) || include != null && !include.matches(name);
  }
}
