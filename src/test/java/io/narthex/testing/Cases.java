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
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The cases of one file of the peers' test data, run all together: a failure lists every case that
/// fails, and the run says how many passed.
public final class Cases {

  private static final System.Logger LOG = System.getLogger(Cases.class.getName());

  /// Characters of a case that a failure shows.
  private static final int MOST_SHOWN = 400;

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
    run(Map.of(), check);
  }

  /// Runs `check` over all cases but those that `skipped` names, with the reason for each.
  public void run(Map<String, String> skipped, Check check) {
    JsonArray cases = file.getJsonArray("cases");
    List<String> failures = new ArrayList<>();
    Map<String, Integer> reasons = new TreeMap<>();
    for (int i = 0; i < cases.size(); i++) {
      JsonObject one = cases.getJsonObject(i);
      String reason = skipped.get(one.getString("name", ""));
      if (reason != null) {
        reasons.merge(reason, 1, Integer::sum);
        continue;
      }
      try {
        check.check(one);
      } catch (Exception | AssertionError e) {
        String text = one.encode();
        String shown = text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
        failures.add(i + ": " + shown + "\n      " + e);
      }
    }
    int left = reasons.values().stream().mapToInt(Integer::intValue).sum();
    int passed = cases.size() - left - failures.size();
    String count =
        path + ": " + passed + "/" + cases.size() + (left == 0 ? "" : ", skipped " + reasons);
    LOG.log(System.Logger.Level.INFO, count);
    if (!failures.isEmpty()) {
      fail(count + "\n  " + String.join("\n  ", failures));
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
