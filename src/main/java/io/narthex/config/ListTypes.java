package io.narthex.config;

import io.narthex.config.YamlNode.Entry;
import io.narthex.config.YamlNode.Mapping;
import io.narthex.config.YamlNode.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Types of lists and maps of single values.
public final class ListTypes {

  public static final FieldType<List<String>> STRINGS = new ListOf<>(FieldTypes.STRING);

  /// Strings that are printed in one line.
  public static final FieldType<List<String>> FLOW_STRINGS = new FlowOf();

  public static final FieldType<List<String>> FILES = new ListOf<>(FieldTypes.FILE);
  public static final FieldType<List<Secret>> SECRETS = new ListOf<>(FieldTypes.SECRET);
  public static final FieldType<Map<String, String>> STRING_MAP =
      new MapOf<>(FieldTypes.STRING, "map[string]string");
  public static final FieldType<Map<String, List<String>>> STRINGS_MAP =
      new MapOf<>(STRINGS, "map[string][]string");

  /// A map whose values may be given as one secret or as a list of them.
  public static final FieldType<Map<String, List<Secret>>> SECRETS_MAP =
      new MapOf<>(new OneOrMore<>(FieldTypes.SECRET), "map[string][]Secret");

  /// A map with values of any scalar type, kept as text.
  public static final FieldType<Map<String, String>> ANY_MAP =
      new MapOf<>(new AnyText(), "map[string]interface {}");

  private ListTypes() {}

  /// A list of values of `type`; a null item is the type's zero value.
  public static <T> FieldType<List<T>> listOf(FieldType<T> type) {
    return new ListOf<>(type);
  }

  /// A map of values of `type`, printed in the order of the keys.
  public static <T> FieldType<Map<String, T>> mapOf(FieldType<T> type, String goType) {
    return new MapOf<>(type, goType);
  }

  private static <T> T item(FieldType<T> type, YamlNode node) {
    T zero = type.zero();
    return node.isNothing() && zero != null ? zero : type.read(node);
  }

  private record ListOf<T>(FieldType<T> type) implements FieldType<List<T>> {

    @Override
    public List<T> zero() {
      return List.of();
    }

    @Override
    public List<T> read(YamlNode node) {
      if (!(node instanceof Sequence sequence)) {
        throw FieldTypes.cannot(node, "[]string");
      }
      List<T> items = new ArrayList<>(sequence.items().size());
      sequence.items().forEach(item -> items.add(item(type, item)));
      return List.copyOf(items);
    }

    @Override
    public Object print(List<T> value) {
      List<Object> items = new ArrayList<>();
      value.forEach(item -> items.add(String.valueOf(type.print(item))));
      return items;
    }

    @Override
    public List<T> inFolder(List<T> value, Path folder) {
      return value.stream().map(item -> type.inFolder(item, folder)).toList();
    }
  }

  private record FlowOf() implements FieldType<List<String>> {

    @Override
    public List<String> zero() {
      return List.of();
    }

    @Override
    public List<String> read(YamlNode node) {
      return STRINGS.read(node);
    }

    @Override
    public Object print(List<String> value) {
      return new YamlWriter.Flow(value);
    }
  }

  private record OneOrMore<T>(FieldType<T> type) implements FieldType<List<T>> {

    @Override
    public List<T> zero() {
      return List.of();
    }

    @Override
    public List<T> read(YamlNode node) {
      return node instanceof Sequence ? new ListOf<>(type).read(node) : List.of(item(type, node));
    }

    @Override
    public Object print(List<T> value) {
      return new ListOf<>(type).print(value);
    }
  }

  private record MapOf<T>(FieldType<T> type, String goType) implements FieldType<Map<String, T>> {

    @Override
    public Map<String, T> zero() {
      return Map.of();
    }

    @Override
    public Map<String, T> read(YamlNode node) {
      if (!(node instanceof Mapping mapping)) {
        throw FieldTypes.cannot(node, goType);
      }
      Map<String, T> map = new LinkedHashMap<>();
      for (Entry entry : mapping.entries()) {
        map.put(entry.key(), item(type, entry.value()));
      }
      return Collections.unmodifiableMap(map);
    }

    @Override
    public Object print(Map<String, T> value) {
      Map<String, Object> sorted = new TreeMap<>();
      value.forEach((k, v) -> sorted.put(k, Objects.requireNonNullElse(type.print(v), "")));
      return sorted;
    }

    @Override
    public Map<String, T> inFolder(Map<String, T> value, Path folder) {
      Map<String, T> map = new LinkedHashMap<>();
      value.forEach((k, v) -> map.put(k, type.inFolder(v, folder)));
      return Collections.unmodifiableMap(map);
    }
  }

  private record AnyText() implements FieldType<String> {

    @Override
    public String zero() {
      return "";
    }

    @Override
    public String read(YamlNode node) {
      return FieldTypes.scalar(node, "string").text();
    }

    @Override
    public Object print(String value) {
      return value;
    }
  }
}
