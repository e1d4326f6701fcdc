package io.narthex.role;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.narthex.clock.Clock;
import io.narthex.testing.Await;
import io.narthex.testing.LocalServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reloading the configuration of a running server, by request and by signal: all or nothing.
class RunningConfigTest {

  private static final String FIRST = config("first", "[127.0.0.1:1]");

  @TempDir Path work;
  private LocalServer server;

  private static String config(String job, String targets) {
    return "scrape_configs: [{job_name: %s, static_configs: [{targets: %s}]}]\n"
        .formatted(job, targets);
  }

  @BeforeEach
  void start() {
    server = started("--web.enable-lifecycle");
  }

  private LocalServer started(String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--scrape.discovery-reload-interval=20ms");
    return LocalServer.start(work, Clock.system(), FIRST, all.toArray(String[]::new));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aRequestPutsTheNewFileInForce() {
    server.rewrite(config("second", "[127.0.0.2:1]"));
    server.request().post("/-/reload").then().statusCode(200).body(equalTo(""));
    assertInForce("second", true);
  }

  @Test
  void soDoesASignal() {
    server.rewrite(config("second", "[127.0.0.2:1]"));
    server.hangUp();
    assertInForce("second", true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          scrape_configs: [             | parsing YAML file .*prometheus.yml: .*
          nonsense: 1                   | parsing YAML file .*prometheus.yml: .*line 1: field nonsense not found.*
          rule_files: [a.yml]           | .*not implemented yet: rule_files.*
          scrape_configs: [{job_name: a}, {job_name: a}] | .*found multiple scrape configs with job name "a".*
          """)
  void aBadFileKeepsTheOldOneRunning(String text, String why) {
    server.rewrite(text + "\n");
    server
        .request()
        .post("/-/reload")
        .then()
        .statusCode(500)
        .contentType("text/plain; charset=utf-8")
        .body(matchesPattern("(?s)failed to reload config: .*" + why + "\n"));
    assertInForce("first", false);
    server.rewrite(FIRST);
    server.hangUp();
    assertInForce("first", true);
  }

  @Test
  void aMissingFileKeepsTheOldOneRunning() throws java.io.IOException {
    java.nio.file.Files.delete(work.resolve("prometheus.yml"));
    server
        .request()
        .put("/-/reload")
        .then()
        .statusCode(500)
        .body(containsString("prometheus.yml: no such file or directory"));
    assertInForce("first", false);
  }

  @Test
  void aChangedFileIsReloadedByItselfIfThatIsAskedFor() {
    server.close();
    server = started("--config.auto-reload", "--config.auto-reload-interval=1s");
    server.rewrite(config("second", "[127.0.0.2:1]"));
    Await.until("the new file", 20, () -> pools().equals(List.of("second")));
    assertInForce("second", true);
  }

  @Test
  void onlyChangingMethodsReload() {
    server
        .request()
        .get("/-/reload")
        .then()
        .statusCode(405)
        .body(equalTo("Only POST or PUT requests allowed"));
  }

  private List<String> pools() {
    return server.request().get("/api/v1/scrape_pools").path("data.scrapePools");
  }

  private void assertInForce(String job, boolean succeeded) {
    Await.until("scrapes of " + job, 20, () -> pools().equals(List.of(job)));
    server
        .request()
        .get("/api/v1/status/config")
        .then()
        .body("data.yaml", containsString("job_name: " + job + "\n"));
    server
        .request()
        .get("/api/v1/status/runtimeinfo")
        .then()
        .body("data.reloadConfigSuccess", equalTo(succeeded));
    server
        .request()
        .get("/metrics")
        .then()
        .body(
            containsString(
                "\nprometheus_config_last_reload_successful " + (succeeded ? 1 : 0) + "\n"));
  }
}
