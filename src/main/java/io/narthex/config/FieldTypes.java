package io.narthex.config;

import io.narthex.clock.Durations;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Types of single values.
public final class FieldTypes {

  /// Any scalar, as text.
  public static final FieldType<String> STRING = new Text<>("string", "", t -> t, t -> t);

  /// A path; relative ones are resolved against the folder of the file they stand in.
  public static final FieldType<String> FILE = new FileText();

  public static final FieldType<Secret> SECRET =
      new Text<>("string", Secret.NONE, Secret::of, s -> s.isEmpty() ? "" : "<secret>");

  /// Milliseconds, written `1h30m`.
  public static final FieldType<Long> DURATION =
      new Text<>("string", 0L, Durations::parseMs, Durations::format);

  /// Bytes, written `512MB`.
  public static final FieldType<Long> SIZE =
      new Text<>("string", 0L, Sizes::parseBytes, Sizes::format);

  /// A URL; its password is not shown.
  public static final FieldType<URI> URL = new Text<>("string", null, Urls::parse, Urls::redacted);

  public static final FieldType<Boolean> BOOL = new Truth(false);

  /// A truth that may be left open.
  public static final FieldType<Boolean> OPTIONAL_BOOL = new Truth(null);

  public static final FieldType<Long> INT = new Whole("int", Long.MIN_VALUE);

  /// A whole number that is not negative.
  public static final FieldType<Long> UINT = new Whole("uint", 0);

  public static final FieldType<Double> FLOAT = new Decimal();

  private FieldTypes() {}

  /// A text that `parse` turns into a value.
  ///
  /// @param parse throws IllegalArgumentException with the message for the user
  public static <T> FieldType<T> text(
      @Nullable T zero, Function<String, T> parse, Function<T, String> print) {
    return new Text<>("string", zero, parse, print);
  }

  private record Text<T>(
      String goType, @Nullable T zero, Function<String, T> parse, Function<T, String> printed)
      implements FieldType<T> {

    @Override
    public T read(YamlNode node) {
      try {
        return parse.apply(scalar(node, goType).text());
      } catch (IllegalArgumentException e) {
        throw new ConfigException(node.place(), String.valueOf(e.getMessage()));
      }
    }

    @Override
    public String print(T value) {
      return printed.apply(value);
    }
  }

  private record FileText() implements FieldType<String> {

    @Override
    public String zero() {
      return "";
    }

    @Override
    public String read(YamlNode node) {
      return scalar(node, "string").text();
    }

    @Override
    public String print(String value) {
      return value;
    }

    @Override
    public String inFolder(String value, Path folder) {
      return value.isEmpty() || Path.of(value).isAbsolute()
          ? value
          : folder.resolve(value).normalize().toString();
    }
  }

  private record Truth(@Nullable Boolean zero) implements FieldType<Boolean> {

    @Override
    public Boolean read(YamlNode node) {
      YamlNode.Scalar scalar = scalar(node, "bool");
      if (scalar.type() != ScalarType.BOOL) {
        throw cannot(scalar, "bool");
      }
      return ScalarType.isTrue(scalar.text());
    }

    @Override
    public Boolean print(Boolean value) {
      return value;
    }
  }

  private record Whole(String goType, long min) implements FieldType<Long> {

    @Override
    public Long zero() {
      return 0L;
    }

    @Override
    public Long read(YamlNode node) {
      YamlNode.Scalar scalar = scalar(node, goType);
      try {
        if (scalar.type() == ScalarType.INT) {
          long value = ScalarType.integer(scalar.text());
          if (value >= min) {
            return value;
          }
        }
        if (scalar.type() == ScalarType.FLOAT) {
          double value = ScalarType.decimal(scalar.text());
          if (value == Math.rint(value) && value >= min && Math.abs(value) < 9e18) {
            return (long) value;
          }
        }
      } catch (NumberFormatException tooLarge) {
        throw cannot(scalar, goType);
      }
      throw cannot(scalar, goType);
    }

    @Override
    public Long print(Long value) {
      return value;
    }
  }

  private record Decimal() implements FieldType<Double> {

    @Override
    public Double zero() {
      return 0.0;
    }

    @Override
    public Double read(YamlNode node) {
      YamlNode.Scalar scalar = scalar(node, "float64");
      if (scalar.type() != ScalarType.FLOAT && scalar.type() != ScalarType.INT) {
        throw cannot(scalar, "float64");
      }
      return ScalarType.decimal(scalar.text());
    }

    @Override
    public Double print(Double value) {
      return value;
    }
  }

  static YamlNode.Scalar scalar(YamlNode node, String goType) {
    if (node instanceof YamlNode.Scalar scalar) {
      return scalar;
    }
    throw cannot(node, goType);
  }

  /// The mistake of a node that is no `goType`, worded as the reference's YAML reader words it.
  static ConfigException cannot(YamlNode node, String goType) {
    String found =
        node instanceof YamlNode.Scalar scalar ? " `" + shortened(scalar.text()) + "`" : "";
    return ConfigException.unmarshal(
        node.place(), "cannot unmarshal " + node.tag() + found + " into " + goType);
  }

  private static String shortened(String text) {
    return text.length() > 10 ? text.substring(0, 7) + "..." : text;
  }
}
