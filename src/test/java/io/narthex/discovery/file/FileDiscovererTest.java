package io.narthex.discovery.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.narthex.clock.Clock;
import io.narthex.clock.VirtualTimers;
import io.narthex.discovery.TargetGroup;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiscovererTest {

  @TempDir Path folder;

  private final VirtualTimers time = new VirtualTimers(0);
  private final Metrics metrics = new Metrics();
  private final Map<String, TargetGroup> groups = new TreeMap<>();

  private FileDiscoverer discoverer(String... patterns) {
    List<String> files =
        java.util.Arrays.stream(patterns).map(p -> folder.resolve(p).toString()).toList();
    return new FileDiscoverer(
        new FileConfig(files, 300_000),
        Disk.system(),
        Clock.system(),
        time,
        Runnable::run,
        FileMetrics.of(metrics));
  }

  private synchronized void take(List<TargetGroup> updates) {
    for (TargetGroup group : updates) {
      if (group.targets().isEmpty()) {
        groups.remove(group.source());
      } else {
        groups.put(group.source(), group);
      }
    }
  }

  /// Addresses by file name and index.
  private synchronized String found() {
    StringBuilder out = new StringBuilder();
    groups.forEach((source, group) ->
        out.append(source.substring(folder.toString().length() + 1))
            .append(group.targets().stream().map(t -> t.get("__address__")).toList())
            .append(' '));
    return out.toString().strip();
  }

  private void write(String name, String text) throws IOException {
    // Moved into place, so that nobody reads a half of it.
    Path half = Files.createTempFile(folder, "half", ".tmp");
    Files.writeString(half, text);
    Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void filesOfAllKindsAreRead() throws IOException {
    write(
        "a.json",
        "[{\"targets\": [\"h:1\", \"h:2\"], \"labels\": {\"env\": \"x\"}}, {\"targets\":"
            + " [\"h:3\"]}]");
    write("b.yml", "- targets: ['h:4']\n  labels: {n: 1}\n");
    write("c.YAML", "- targets: ['h:5']\n");
    write("d.txt", "- targets: ['h:6']\n");
    try (FileDiscoverer discoverer = discoverer("*.json", "*.yml", "*.YAML", "none/*.yml")) {
      discoverer.start(this::take);
      assertEquals("a.json:0[h:1, h:2] a.json:1[h:3] b.yml:0[h:4] c.YAML:0[h:5]", found());
      TargetGroup first = groups.values().iterator().next();
      assertEquals("x", first.labels().get("env"));
      assertEquals(folder.resolve("a.json").toString(), first.labels().get("__meta_filepath"));
    }
  }

  @Test
  void badFilesKeepWhatTheyTold() throws IOException {
    write("a.json", "[{\"targets\": [\"h:1\"]}, {\"targets\": [\"h:2\"]}]");
    write("b.yml", "- targets: ['h:3']\n");
    try (FileDiscoverer discoverer = discoverer("*.json", "*.yml")) {
      discoverer.start(this::take);
      write("a.json", "[{\"targets\": [\"h:1\"]");
      write("b.yml", "- targets: ['h:9']\n  label: {}\n");
      time.advance(300_000);
      assertEquals("a.json:0[h:1] a.json:1[h:2] b.yml:0[h:3]", found());
      assertTrue(metrics.counter("prometheus_sd_file_read_errors_total", "").value() >= 2);
      write("a.json", "[{\"targets\": [\"h:7\"]}]");
      Files.delete(folder.resolve("b.yml"));
      time.advance(300_000);
      assertEquals("a.json:0[h:7]", found(), "groups that are no longer there are gone");
    }
  }

  @Test
  void changesAreSeenAtOnce() throws Exception {
    write("a.yml", "- targets: ['h:1']\n");
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try (FileDiscoverer discoverer = discoverer("*.yml")) {
      discoverer.start(updates -> {
        take(updates);
        seen.add(found());
      });
      await("a.yml:0[h:1]", seen);
      write("a.yml", "- targets: ['h:2']\n");
      await("a.yml:0[h:2]", seen);
      write("b.yml", "- targets: ['h:3']\n");
      await("a.yml:0[h:2] b.yml:0[h:3]", seen);
      Files.delete(folder.resolve("a.yml"));
      await("b.yml:0[h:3]", seen);
    }
  }

  private static void await(String wanted, BlockingQueue<String> seen) throws InterruptedException {
    for (String now = ""; !now.equals(wanted); ) {
      now = seen.poll(20, TimeUnit.SECONDS);
      if (now == null) {
        fail("never saw " + wanted);
      }
    }
  }
}
