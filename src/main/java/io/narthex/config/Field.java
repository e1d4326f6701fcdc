package io.narthex.config;

import org.jspecify.annotations.Nullable;

/// A field of a section.
///
/// @param initial the value when the field is absent
/// @param omitZero whether a zero value is left out of the printed YAML
record Field<T>(String name, FieldType<T> type, @Nullable T initial, boolean omitZero) {

  @Nullable Object read(YamlNode node) {
    return node.isNothing() ? type.zero() : type.read(node);
  }
}
