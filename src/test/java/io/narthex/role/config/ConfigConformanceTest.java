package io.narthex.role.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.config.ConfigException;
import io.narthex.io.disk.Disk;
import io.narthex.io.json.Json;
import io.narthex.testing.Conformance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Prometheus' own good and bad configuration files.
class ConfigConformanceTest {

  private final Disk disk = Disk.system();
  private final ServerConfigReader reader =
      new ServerConfigReader(disk, Map.of(), ConfigDefaults.NONE);

  @Test
  void goodFilesLoad() {
    List<String> failures = new ArrayList<>();
    List<Json.Obj> cases = cases("good");
    for (Json.Obj c : cases) {
      try {
        ServerConfig config = read("good", c);
        // What is printed is a valid file itself.
        reader.read("printed", config.yaml(), Path.of(""), false);
      } catch (ConfigException e) {
        failures.add(c.get("file").asString() + ": " + e.getMessage());
      }
    }
    report("good", cases.size(), failures);
  }

  @Test
  void badFilesAreRefusedWithPrometheusText() {
    List<String> failures = new ArrayList<>();
    List<Json.Obj> cases = cases("bad");
    for (Json.Obj c : cases) {
      try {
        read("bad", c);
        failures.add(c.get("file").asString() + ": was accepted");
      } catch (ConfigException e) {
        String message = String.valueOf(e.getMessage());
        if (!message.contains(c.get("error_contains").asString())) {
          failures.add(
              c.get("file").asString()
                  + ": "
                  + message
                  + "\n   wanted: "
                  + c.get("error_contains").asString());
        }
        if (!message.endsWith(e.place() + ")")) {
          failures.add(c.get("file").asString() + ": no place in: " + message);
        }
      }
    }
    report("bad", cases.size(), failures);
  }

  private ServerConfig read(String folder, Json.Obj c) {
    Path path = Conformance.path("config/" + folder + "/" + c.get("file").asString());
    String text = new String(disk.read(path), StandardCharsets.UTF_8);
    boolean agent = c.find("agent_mode") != null;
    return reader.read(c.get("file").asString(), text, folder(path), agent);
  }

  /// The files of jobs that bad files name lie beside the good ones.
  private static Path folder(Path file) {
    String name = file.toString();
    boolean beside = name.contains("_double_import.") || name.contains("_duplicate.");
    return Conformance.path(
        beside ? "config/good" : "config/" + file.getName(file.getNameCount() - 2));
  }

  private List<Json.Obj> cases(String folder) {
    Path manifest = Conformance.path("config/" + folder + "/manifest.json");
    Json json = Json.parse(new String(disk.read(manifest), StandardCharsets.UTF_8));
    return json.asObject().get("cases").asArray().stream().map(Json::asObject).toList();
  }

  private static void report(String what, int cases, List<String> failures) {
    System.getLogger("conformance")
        .log(System.Logger.Level.INFO, "{0} of {1} {2}", cases - failures.size(), cases, what);
    assertEquals(
        "", String.join("\n", failures), failures.size() + " failures of " + cases + " " + what);
  }
}
