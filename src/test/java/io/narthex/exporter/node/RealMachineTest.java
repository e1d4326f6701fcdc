package io.narthex.exporter.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.clock.Clock;
import io.narthex.metrics.HttpMetrics.BuildInfo;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// This machine as Narthex shows it and as a real node_exporter does: the same families with the
/// same types and help, the same series. Needs the environment variable `NARTHEX_NODE_EXPORTER`,
/// the path of the real one.
final class RealMachineTest {

  /// Parts of lines that may differ: metrics about the exporter itself; collectors that Narthex
  /// does not have and that have nothing to say on most machines; what newer versions corrected
  /// (`rotational`), and what changes between two scrapes.
  private static final String ASIDE =
      ".*(go_|process_|promhttp_|node_exporter_build_info|node_disk_info"
          + "|collector=\"(bcache|bcachefs|dmmultipath|fibrechannel|infiniband|ipvs|nfs|nfsd|systemd)\"|node_textfile_scrape_error"
          + " ).*";

  @Test
  void showsWhatNodeExporterShows() throws IOException, InterruptedException {
    String binary = System.getenv("NARTHEX_NODE_EXPORTER");
    assumeTrue(
        binary != null && Files.isExecutable(Path.of(binary)), "no NARTHEX_NODE_EXPORTER is set");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process peer =
        new ProcessBuilder(
                String.valueOf(binary),
                "--web.listen-address=127.0.0.1:" + port,
                "--collector.filesystem.mount-points-exclude=" + NodeFlag.MOUNT_POINTS)
            .redirectErrorStream(true)
            .start();
    try {
      awaitListening(peer);
      Set<String> theirs = shape(get(port));
      NodeExporter ours =
          new NodeExporter(
              NodeExporterOptions.defaults(), Clock.system(), BuildInfo.here("1", "r", "b"));
      assertEquals(
          String.join("\n", theirs),
          String.join("\n", shape(FixtureTree.page(ours, Set.of(), Set.of()))));
    } finally {
      peer.destroy();
    }
  }

  private static void awaitListening(Process peer) throws IOException {
    var log = peer.inputReader();
    String line = log.readLine();
    while (line != null && !line.contains("Listening on")) {
      line = log.readLine();
    }
  }

  private static String get(int port) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
      // It logs "Listening" a moment before it does.
      for (int i = 0; ; i++) {
        try {
          return client
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body();
        } catch (IOException e) {
          if (i == 100) {
            throw e;
          }
        }
      }
    }
  }

  /// Comments and series without their values.
  private static Set<String> shape(String page) {
    Set<String> shape = new TreeSet<>();
    for (String line : List.of(page.split("\n"))) {
      if (!line.matches(ASIDE)) {
        shape.add(line.startsWith("#") ? line : line.substring(0, line.lastIndexOf(' ')));
      }
    }
    return shape;
  }
}
