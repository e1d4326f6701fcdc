package io.narthex.tsdb.index;

import java.util.function.Predicate;

/// Series ids by label: what the meaning of matchers needs to know of an index. Blocks have one on
/// disk, the head in memory.
public interface LabelIndex {

  /// All series.
  Postings all();

  /// Series with the label `name` of this value, which is not empty.
  Postings postings(String name, String value);

  /// Series with a label `name` whose value begins with `prefix` and fulfils `wanted`.
  ///
  /// @param prefix may be empty
  /// @param wanted only asked about values with the prefix
  Postings postings(String name, String prefix, Predicate<String> wanted);
}
