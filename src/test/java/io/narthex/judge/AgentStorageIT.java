package io.narthex.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Clock;
import io.narthex.clock.Timers;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.Appender;
import io.narthex.testing.Peers;
import io.narthex.testing.Program;
import io.narthex.tsdb.agent.AgentOptions;
import io.narthex.tsdb.agent.AgentStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder goes from the real `prometheus --agent` to ours and back.
class AgentStorageIT {

  @TempDir Path work;

  private final Metrics metrics = new Metrics();
  private int port;

  private Program agent(String interval) throws IOException {
    port = Program.freePort();
    Path config =
        Files.writeString(
            work.resolve("agent.yml"),
            """
            global: {scrape_interval: %s}
            scrape_configs: [{job_name: self, static_configs: [{targets: ['127.0.0.1:%d']}]}]
            remote_write: [{url: 'http://127.0.0.1:1/api/v1/write'}]
            """
                .formatted(interval, port));
    return Program.start(
            work,
            "agent",
            List.of(
                Peers.program("prometheus").toString(),
                "--agent",
                "--config.file=" + config,
                "--storage.agent.path=" + work.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port))
        .awaitOk("http://127.0.0.1:" + port + "/-/ready");
  }

  private double metric(String name) {
    return Program.get("http://127.0.0.1:" + port + "/metrics")
        .lines()
        .filter(l -> l.startsWith(name + " "))
        .mapToDouble(l -> Double.parseDouble(l.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private AgentStorage open() {
    return AgentStorage.open(
        work.resolve("data"),
        AgentOptions.defaults(),
        Disk.system(),
        Clock.system(),
        metrics,
        (Timers) (delayMs, task) -> () -> {},
        Runnable::run,
        () -> 0);
  }

  @Test
  void aFolderGoesToAndFro() throws IOException {
    double theirs;
    try (Program agent = agent("1s")) {
      agent.await("scrapes", 60, () -> metric("prometheus_agent_active_series") > 300);
      theirs = metric("prometheus_agent_active_series");
      agent.kill();
    }
    int ours = takeOver(theirs);
    Files.delete(work.resolve("agent.log"));
    try (Program agent = agent("1h")) {
      assertEquals(ours, metric("prometheus_agent_active_series"), "series after our run");
      assertEquals(0, metric("prometheus_agent_corruptions_total"));
      assertEquals(0, agent.stop());
      String said = agent.log();
      assertFalse(said.contains("WAL read error") || said.contains("corrupt"), said);
    }
    try (AgentStorage storage = open()) {
      assertTrue(storage.seriesCount() >= ours);
      assertEquals(0, metrics.counter("prometheus_agent_corruptions_total", "").value());
    }
  }

  /// Adds records of every kind that both know, and shortens the log.
  private int takeOver(double theirs) {
    try (AgentStorage storage = open()) {
      assertTrue(storage.seriesCount() >= theirs, storage.seriesCount() + " of " + theirs);
      long nowMs = Clock.system().nowMs();
      for (int i = 0; i < 20; i++) {
        Appender appender = storage.appender();
        for (int k = 0; k < 100; k++) {
          Labels labels = Labels.of("__name__", "own", "k", "" + k);
          if (k % 3 == 0) {
            appender.append(0, labels, nowMs + i, i);
          } else {
            appender.append(0, labels, nowMs + i, histogram(k % 3 == 1 ? 2 : -53, i));
          }
        }
        appender.exemplar(0, new Exemplar(Labels.of("trace", "t" + i), i, nowMs + i, true));
        assertEquals(100, appender.commit().accepted());
        if (i % 4 == 3) {
          storage.truncate();
        }
      }
      assertTrue(Files.exists(work.resolve("data/wal/checkpoint.00000003")), "a checkpoint");
      return storage.seriesCount();
    }
  }

  private static FloatHistogram histogram(int schema, double count) {
    return new FloatHistogram(
        FloatHistogram.ResetHint.UNKNOWN,
        schema,
        schema < -4 ? 0 : 0.001,
        0,
        count,
        count * 1.5,
        new int[] {0, 1},
        new double[] {count},
        new int[0],
        new double[0],
        schema < -4 ? new double[] {1, 2.5} : new double[0]);
  }
}
