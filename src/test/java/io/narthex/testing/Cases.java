package io.narthex.testing;

import static org.junit.jupiter.api.Assertions.fail;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/// The cases of one file of the peers' test data, run all together: a failure lists every case that
/// fails, and the run says how many passed.
public final class Cases {

  private static final System.Logger LOG = System.getLogger(Cases.class.getName());

  /// Checks one case; throws if it fails.
  public interface Check {
    void check(JsonObject expected) throws Exception;
  }

  private final String path;
  private final JsonObject file;

  private Cases(String path, JsonObject file) {
    this.path = path;
    this.file = file;
  }

  /// The file `path` of the data; skips the calling test if it is not there.
  public static Cases of(String path) {
    try {
      return new Cases(path, new JsonObject(Files.readString(Conformance.path(path))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The whole file.
  public JsonObject file() {
    return file;
  }

  /// Runs `check` over all cases.
  public void run(Check check) {
    JsonArray cases = file.getJsonArray("cases");
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      try {
        check.check(cases.getJsonObject(i));
      } catch (Exception | AssertionError e) {
        failures.add(i + ": " + cases.getJsonObject(i).encode() + "\n      " + e);
      }
    }
    int passed = cases.size() - failures.size();
    LOG.log(System.Logger.Level.INFO, path + ": " + passed + "/" + cases.size());
    if (!failures.isEmpty()) {
      fail(path + ": " + passed + "/" + cases.size() + "\n  " + String.join("\n  ", failures));
    }
  }

  /// The text `key` of a case. Bytes that are not UTF-8 become lone surrogates U+DC00 + byte.
  public static String text(JsonObject object, String key) {
    Object value = Objects.requireNonNull(object.getValue(key), key);
    if (value instanceof String text) {
      return text;
    }
    byte[] bytes = Base64.getDecoder().decode(((JsonObject) value).getString("base64"));
    StringBuilder out = new StringBuilder();
    for (byte b : bytes) {
      out.append(b >= 0 ? (char) b : (char) (0xdc00 + (b & 0xff)));
    }
    String text = out.toString();
    String whole = new String(bytes, StandardCharsets.UTF_8);
    return whole.indexOf(0xfffd) < 0 ? whole : text;
  }
}
