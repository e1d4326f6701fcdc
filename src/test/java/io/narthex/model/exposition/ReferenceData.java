package io.narthex.model.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The reference's test data, read in place where it is there.
public final class ReferenceData {

  private ReferenceData() {}

  /// The cases of a file, or a skipped test where the data is absent.
  public static List<JsonObject> cases(String file) {
    JsonArray cases = new JsonObject(text(file)).getJsonArray("cases");
    return cases.stream().map(JsonObject.class::cast).toList();
  }

  /// A file's text, or a skipped test where the data is absent.
  public static String text(String file) {
    return new String(bytes(file), UTF_8);
  }

  /// A file's bytes, or a skipped test where the data is absent.
  public static byte[] bytes(String file) {
    String configured = System.getenv("NARTHEX_CONFORMANCE");
    Path folder = Path.of(configured == null ? "../shared/conformance" : configured);
    assumeTrue(Files.isDirectory(folder), () -> "no reference data at " + folder);
    try {
      return Files.readAllBytes(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A text that may be given in base64.
  public static byte[] input(Object value) {
    return value instanceof JsonObject o
        ? Base64.getDecoder().decode(o.getString("base64"))
        : ((String) value).getBytes(UTF_8);
  }

  /// An object whose values are strings, as a map.
  public static Map<String, String> strings(JsonObject object) {
    Map<String, String> map = new TreeMap<>();
    object.forEach(e -> map.put(e.getKey(), (String) e.getValue()));
    return map;
  }

  /// A number, or one of the words for those that JSON lacks.
  public static double number(Object value) {
    return switch (value) {
      case Number n -> n.doubleValue();
      case String s when s.equals("+Inf") -> Double.POSITIVE_INFINITY;
      case String s when s.equals("-Inf") -> Double.NEGATIVE_INFINITY;
      case String s when s.equals("NaN") -> Double.NaN;
      default -> throw new IllegalArgumentException("no number: " + value);
    };
  }
}
