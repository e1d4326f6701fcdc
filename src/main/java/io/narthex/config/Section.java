package io.narthex.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A section of a configuration: the values of its shape's fields, defaults filled in, and where
/// they stood. Immutable; equal if shape and values are, wherever they stood.
public final class Section {

  private final Shape shape;
  private final Place place;
  private final @Nullable Object[] values;
  private final @Nullable Place[] places;

  Section(Shape shape, Place place, @Nullable Object[] values, @Nullable Place[] places) {
    this.shape = shape;
    this.place = place;
    this.values = values;
    this.places = places;
  }

  public Place place() {
    return place;
  }

  /// Where the value of `field` stands; where the section stands if nobody wrote the field.
  public Place place(String field) {
    Place known = places[shape.indexOf(field)];
    return known == null ? place : known;
  }

  /// Whether the shape knows `field`.
  public boolean has(String field) {
    return shape.has(field);
  }

  /// Whether somebody wrote `field`.
  public boolean isWritten(String field) {
    return places[shape.indexOf(field)] != null;
  }

  /// Whether `field` has a value other than its type's zero value.
  public boolean isSet(String field) {
    int at = shape.indexOf(field);
    return !isZero(shape.fields().get(at), values[at]);
  }

  public @Nullable Object get(String field) {
    return values[shape.indexOf(field)];
  }

  private Object required(String field) {
    Object value = get(field);
    if (value == null) {
      throw new IllegalStateException("BUG: " + shape + " has no value for " + field);
    }
    return value;
  }

  public String string(String field) {
    return (String) required(field);
  }

  public boolean bool(String field) {
    return (Boolean) required(field);
  }

  /// A whole number; also a duration in milliseconds or a size in bytes.
  public long number(String field) {
    return (Long) required(field);
  }

  public double decimal(String field) {
    return (Double) required(field);
  }

  public Secret secret(String field) {
    return (Secret) required(field);
  }

  public @Nullable URI url(String field) {
    return (URI) get(field);
  }

  public @Nullable Section section(String field) {
    return (Section) get(field);
  }

  @SuppressWarnings("unchecked") // the shape says so
  public List<Section> sections(String field) {
    return (List<Section>) required(field);
  }

  @SuppressWarnings("unchecked") // the shape says so
  public List<String> strings(String field) {
    return (List<String>) required(field);
  }

  @SuppressWarnings("unchecked") // the shape says so
  public List<Secret> secrets(String field) {
    return (List<Secret>) required(field);
  }

  @SuppressWarnings("unchecked") // the shape says so
  public <V> Map<String, V> map(String field) {
    return (Map<String, V>) required(field);
  }

  /// The section with another value for `field`, standing where it stood.
  public Section with(String field, @Nullable Object value) {
    @Nullable Object[] changed = values.clone();
    changed[shape.indexOf(field)] = value;
    return new Section(shape, place, changed, places);
  }

  /// The section with relative paths resolved against `folder`.
  public Section inFolder(Path folder) {
    @Nullable Object[] changed = values.clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] = inFolder(shape.fields().get(i), changed[i], folder);
    }
    return new Section(shape, place, changed, places);
  }

  @SuppressWarnings("unchecked") // a field's value is of the field's type
  private static <T> @Nullable Object inFolder(
      Field<T> field, @Nullable Object value, Path folder) {
    return value == null ? null : field.type().inFolder((T) value, folder);
  }

  /// A mistake in `field`.
  public ConfigException error(String field, String text) {
    return new ConfigException(place(field), text);
  }

  /// A mistake in the section as a whole.
  public ConfigException error(String text) {
    return new ConfigException(place, text);
  }

  /// The section as the YAML writer takes it: defaults included, secrets hidden.
  public Map<String, @Nullable Object> print() {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      print(shape.fields().get(i), values[i], out);
    }
    return out;
  }

  @SuppressWarnings("unchecked") // a field's value is of the field's type
  private static <T> void print(
      Field<T> field, @Nullable Object value, Map<String, @Nullable Object> out) {
    if (!field.omitZero() || !isZero(field, value)) {
      out.put(field.name(), value == null ? null : field.type().print((T) value));
    }
  }

  @SuppressWarnings("unchecked") // a field's value is of the field's type
  private static <T> boolean isZero(Field<T> field, @Nullable Object value) {
    return value == null || field.type().isZero((T) value);
  }

  /// Whether every field has its type's zero value.
  boolean isAllZero() {
    for (int i = 0; i < values.length; i++) {
      if (!isZero(shape.fields().get(i), values[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Section other
        && shape == other.shape
        && Arrays.equals(values, other.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(shape, Arrays.hashCode(values));
  }

  /// The printed YAML.
  @Override
  public String toString() {
    return YamlWriter.write(print());
  }
}
