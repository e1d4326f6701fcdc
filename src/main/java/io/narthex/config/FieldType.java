package io.narthex.config;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How the value of a field is read, told from nothing, and printed.
///
/// @param <T> what the value is in Java
public interface FieldType<T> {

  /// The value of a field that is there but null (`field:`); null where nothing is a value of its
  /// own.
  @Nullable T zero();

  /// Reads `node`, which is not nothing.
  ///
  /// @throws ConfigException if it is no such value
  T read(YamlNode node);

  /// Whether `value` is left out of the printed YAML where zero values are.
  default boolean isZero(T value) {
    return Objects.equals(value, zero());
  }

  /// `value` as the YAML writer takes it: a String, a Boolean, a Number, a List, a Map or null.
  @Nullable Object print(T value);

  /// `value` with relative paths resolved against `folder`.
  default T inFolder(T value, Path folder) {
    return value;
  }
}
