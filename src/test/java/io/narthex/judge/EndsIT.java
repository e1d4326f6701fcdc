package io.narthex.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is asked to end says so, closes what it has open, and has not failed: as
/// Prometheus 3.5.3.
class EndsIT {

  @TempDir Path work;

  @Test
  void aSignalEndsTheServerInOrder() throws Exception {
    int port = Program.freePort();
    Path config = Files.writeString(work.resolve("p.yml"), "global: {scrape_interval: 1h}\n");
    Path data = work.resolve("data");
    try (Program server =
        Program.start(
            work,
            "server",
            List.of(
                Program.narthex(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + data,
                "--web.listen-address=127.0.0.1:" + port))) {
      server.awaitOk("http://127.0.0.1:" + port + "/-/ready");
      server.await("the end of the start", 60, () -> server.log().contains("TSDB started"));
      assertEquals(0, server.stop(), server.log());
      assertTrue(server.log().contains("exiting gracefully... signal=terminated"), server.log());
    }
  }
}
