package io.narthex.io.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON value.
public sealed interface Json {

  /// Reads one document; nothing but white space may follow.
  ///
  /// @throws JsonException with the offset where the text is no JSON
  static Json parse(String text) {
    return new JsonReader(text).document();
  }

  /// The document with one tab a level, as Prometheus indents its files.
  default String toIndentedText() {
    return JsonWriter.indented(this);
  }

  /// This value as an object.
  ///
  /// @throws JsonException if it is something else
  default Obj asObject() {
    if (this instanceof Obj object) {
      return object;
    }
    throw new JsonException("expected an object, found " + JsonWriter.compact(this));
  }

  /// This value as an array.
  default List<Json> asArray() {
    if (this instanceof Arr array) {
      return array.items();
    }
    throw new JsonException("expected an array, found " + JsonWriter.compact(this));
  }

  /// This value as a string.
  default String asString() {
    if (this instanceof Str string) {
      return string.value();
    }
    throw new JsonException("expected a string, found " + JsonWriter.compact(this));
  }

  /// This value as a whole number of 64 bits.
  default long asLong() {
    if (this instanceof Num number) {
      try {
        return Long.parseLong(number.text());
      } catch (NumberFormatException e) {
        throw new JsonException("expected a whole number, found " + number.text(), e);
      }
    }
    throw new JsonException("expected a number, found " + JsonWriter.compact(this));
  }

  /// This value as a floating-point number.
  default double asDouble() {
    if (this instanceof Num number) {
      return Double.parseDouble(number.text());
    }
    throw new JsonException("expected a number, found " + JsonWriter.compact(this));
  }

  /// This value as true or false.
  default boolean asBoolean() {
    if (this instanceof Bool bool) {
      return bool.value();
    }
    throw new JsonException("expected true or false, found " + JsonWriter.compact(this));
  }

  /// An object; the map keeps the order and may be changed.
  record Obj(Map<String, Json> members) implements Json {

    public Obj() {
      this(new LinkedHashMap<>());
    }

    /// The member `key`.
    ///
    /// @throws JsonException if there is none
    public Json get(String key) {
      Json value = members.get(key);
      if (value == null) {
        throw new JsonException("there is no \"" + key + "\" in " + JsonWriter.compact(this));
      }
      return value;
    }

    /// The member `key`, or null if there is none or it is JSON's null.
    public @Nullable Json find(String key) {
      Json value = members.get(key);
      return value instanceof Null ? null : value;
    }

    /// The number `key`, or `otherwise` if there is none.
    public long getLong(String key, long otherwise) {
      Json value = find(key);
      return value == null ? otherwise : value.asLong();
    }

    public Obj put(String key, Json value) {
      members.put(key, value);
      return this;
    }

    public Obj put(String key, String value) {
      return put(key, new Str(value));
    }

    public Obj put(String key, long value) {
      return put(key, new Num(Long.toString(value)));
    }

    public Obj put(String key, boolean value) {
      return put(key, new Bool(value));
    }
  }

  /// An array; the list may be changed.
  record Arr(List<Json> items) implements Json {

    public Arr() {
      this(new ArrayList<>());
    }

    /// An array of strings.
    public static Arr ofStrings(List<String> strings) {
      Arr array = new Arr();
      strings.forEach(s -> array.items.add(new Str(s)));
      return array;
    }
  }

  /// A string.
  record Str(String value) implements Json {}

  /// A number, as it was written.
  record Num(String text) implements Json {}

  /// True or false.
  record Bool(boolean value) implements Json {}

  /// Nothing.
  record Null() implements Json {}
}
