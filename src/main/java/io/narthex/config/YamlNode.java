package io.narthex.config;

import java.util.List;

/// A piece of YAML that knows where it stands. Aliases and merge keys are already resolved.
public sealed interface YamlNode {

  Place place();

  /// What a reader of this node would call its type, as in messages: `!!str`, `!!seq` ...
  String tag();

  /// One value.
  ///
  /// @param text the text without quotes and escapes; the decoded bytes of a `!!binary`, those that
  ///   are no UTF-8 as lone surrogates U+DC80..U+DCFF
  record Scalar(Place place, String text, ScalarType type) implements YamlNode {

    @Override
    public String tag() {
      return type.tag();
    }

    public boolean isNull() {
      return type == ScalarType.NULL;
    }
  }

  /// A list.
  record Sequence(Place place, List<YamlNode> items) implements YamlNode {

    @Override
    public String tag() {
      return "!!seq";
    }
  }

  /// A mapping, keys in the order of the text, none twice.
  record Mapping(Place place, List<Entry> entries) implements YamlNode {

    @Override
    public String tag() {
      return "!!map";
    }
  }

  /// A key, where it stands, and its value.
  record Entry(String key, Place place, YamlNode value) {}

  /// Whether this is nothing: an absent value, `~` or `null`.
  default boolean isNothing() {
    return this instanceof Scalar scalar && scalar.isNull();
  }
}
