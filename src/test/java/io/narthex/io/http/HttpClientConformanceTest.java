package io.narthex.io.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.config.ConfigException;
import io.narthex.config.Section;
import io.narthex.config.Shape;
import io.narthex.config.YamlReader;
import io.narthex.io.disk.Disk;
import io.narthex.io.json.Json;
import io.narthex.testing.Conformance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The reference's own good and bad fragments of HTTP clients and TLS.
class HttpClientConformanceTest {

  private final Disk disk = Disk.system();

  @Test
  void fragments() {
    Json manifest = Json.parse(text(Conformance.path("config/http_client/manifest.json")));
    List<Json> cases = manifest.asObject().get("cases").asArray();
    List<String> failures = new ArrayList<>();
    for (Json item : cases) {
      Json.Obj c = item.asObject();
      String file = c.get("file").asString();
      Json error = c.find("error_contains");
      try {
        read(file);
        if (error != null) {
          failures.add(file + " was accepted");
        }
      } catch (ConfigException | HttpClientException e) {
        if (error == null || !String.valueOf(e.getMessage()).contains(error.asString())) {
          failures.add(file + ": " + e.getMessage());
        }
      }
    }
    System.getLogger("conformance")
        .log(
            System.Logger.Level.INFO,
            "{0} of {1} http_client",
            cases.size() - failures.size(),
            cases.size());
    assertEquals("", String.join("\n", failures));
  }

  private void read(String file) {
    boolean tls = file.startsWith("tls_config");
    Shape shape = tls ? HttpClientShape.TLS : HttpClientShape.SHAPE;
    String text = text(Conformance.path("config/http_client/" + file));
    Section section = shape.read(YamlReader.read(file, text));
    if (tls) {
      HttpClientConfig.TlsConfig.of(section);
    } else {
      HttpClientConfig config = HttpClientConfig.of(section.inFolder(Path.of("/folder")));
      if (file.contains("invalid-bearer-token-file") && config.authorization() != null) {
        // This mistake shows when the file is used.
        config.authorization().credentials().read(disk, "authorization credentials");
      }
    }
  }

  private String text(Path path) {
    return new String(disk.read(path), StandardCharsets.UTF_8);
  }
}
