package io.narthex.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.clock.Clock;
import io.narthex.testing.Await;
import io.narthex.testing.LocalServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Targets that do everything wrong, all scraped at once: what the targets' page says of each, in
/// the words that Prometheus 3.5.3 has for the same target.
class BadTargetsTest {

  @TempDir Path work;

  @Test
  void everyMistakeHasItsText() {
    try (BadTargets targets = new BadTargets();
        LocalServer server =
            LocalServer.start(
                work,
                Clock.system(),
                "global: {scrape_interval: 1s, scrape_timeout: 1s}\n" + targets.jobs(),
                "--scrape.discovery-reload-interval=20ms")) {
      int count = targets.expected().size();
      Await.until("all scrapes", 60, () -> errors(server).size() == count);
      // A machine under load may miss a deadline once.
      Await.within(20, () -> errors(server).equals(targets.expected()));
      assertEquals(targets.expected(), errors(server));
    }
  }

  /// Errors of the targets that were scraped, by job.
  private Map<String, String> errors(LocalServer server) {
    JsonArray targets =
        new JsonObject(server.request().get("/api/v1/targets?state=active").asString())
            .getJsonObject("data")
            .getJsonArray("activeTargets");
    Map<String, String> errors = new TreeMap<>();
    for (Object element : targets) {
      JsonObject target = (JsonObject) element;
      if (!target.getString("health").equals("unknown")) {
        errors.put(target.getString("scrapePool"), target.getString("lastError"));
      }
    }
    return errors;
  }
}
