package io.narthex.config;

import io.narthex.config.YamlNode.Entry;
import io.narthex.config.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a section of a configuration may hold: a table of fields in the order in which they are
/// printed, and a check over all of them. Immutable.
public final class Shape {

  private final String typeName;
  private final List<Field<?>> fields;
  private final Map<String, Integer> index = new LinkedHashMap<>();
  private final UnaryOperator<Section> check;

  private Shape(Builder builder) {
    typeName = builder.typeName;
    fields = List.copyOf(builder.fields);
    check = builder.check;
    for (int i = 0; i < fields.size(); i++) {
      if (index.put(fields.get(i).name(), i) != null) {
        throw new IllegalStateException("BUG: field " + fields.get(i).name() + " stands twice");
      }
    }
  }

  /// Begins a table.
  ///
  /// @param typeName what messages call the section: the reference's name of its type
  public static Builder of(String typeName) {
    return new Builder(typeName);
  }

  /// Reads a section and checks it.
  ///
  /// @throws ConfigException if it is none
  public Section read(YamlNode node) {
    if (!(node instanceof Mapping mapping)) {
      if (node.isNothing()) {
        return check.apply(defaults(node.place()));
      }
      throw FieldTypes.cannot(node, typeName);
    }
    @Nullable Object[] values = initialValues();
    @Nullable Place[] places = new Place[values.length];
    for (Entry entry : mapping.entries()) {
      Integer at = index.get(entry.key());
      if (at == null) {
        throw unknown(entry);
      }
      values[at] = fields.get(at).read(entry.value());
      places[at] = entry.value().place();
    }
    return check.apply(new Section(this, mapping.place(), values, places));
  }

  /// The section that nobody wrote, unchecked.
  public Section defaults(Place place) {
    @Nullable Object[] values = initialValues();
    return new Section(this, place, values, new Place[values.length]);
  }

  private @Nullable Object[] initialValues() {
    @Nullable Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields.get(i).initial();
    }
    return values;
  }

  private ConfigException unknown(Entry entry) {
    String close = Spelling.closest(entry.key(), index.keySet());
    return ConfigException.unmarshal(
        entry.place(),
        "field "
            + entry.key()
            + " not found in type "
            + typeName
            + (close.isEmpty() ? "" : " (did you mean " + close + "?)"));
  }

  int indexOf(String field) {
    Integer at = index.get(field);
    if (at == null) {
      throw new IllegalStateException("BUG: " + typeName + " has no field " + field);
    }
    return at;
  }

  /// Whether there is a field of that name.
  public boolean has(String field) {
    return index.containsKey(field);
  }

  List<Field<?>> fields() {
    return fields;
  }

  @Override
  public String toString() {
    return typeName;
  }

  /// Collects the fields of a table.
  public static final class Builder {

    private final String typeName;
    private final List<Field<?>> fields = new ArrayList<>();
    private UnaryOperator<Section> check = section -> section;

    private Builder(String typeName) {
      this.typeName = typeName;
    }

    /// A field that is left out of print when it has its type's zero value, which is its default.
    public <T> Builder add(String name, FieldType<T> type) {
      fields.add(new Field<>(name, type, type.zero(), true));
      return this;
    }

    /// A field with a default.
    public <T> Builder add(String name, FieldType<T> type, T initial) {
      fields.add(new Field<>(name, type, initial, true));
      return this;
    }

    /// A field that is printed whatever its value is.
    public <T> Builder shown(String name, FieldType<T> type, @Nullable T initial) {
      fields.add(new Field<>(name, type, initial, false));
      return this;
    }

    /// All fields of another table, as if they stood here.
    public Builder inline(Shape shape) {
      fields.addAll(shape.fields);
      return this;
    }

    /// The same field of another table with another default.
    public <T> Builder withDefault(String name, T initial) {
      fields.replaceAll(f -> f.name().equals(name) ? redefined(f, initial) : f);
      return this;
    }

    @SuppressWarnings("unchecked") // the caller names the field whose type it knows
    private static <T> Field<T> redefined(Field<?> field, T initial) {
      Field<T> typed = (Field<T>) field;
      return new Field<>(typed.name(), typed.type(), initial, typed.omitZero());
    }

    /// What is checked (and completed) after all fields are read; throws ConfigException.
    public Builder check(UnaryOperator<Section> next) {
      UnaryOperator<Section> earlier = check;
      check = section -> next.apply(earlier.apply(section));
      return this;
    }

    public Shape build() {
      return new Shape(this);
    }
  }
}
