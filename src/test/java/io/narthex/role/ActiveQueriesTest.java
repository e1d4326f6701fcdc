package io.narthex.role;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left of running queries when the process dies.
class ActiveQueriesTest {

  @TempDir Path folder;

  private final Clock clock =
      new Clock() {
        @Override
        public long nowMs() {
          return 1_700_000_000_500L;
        }

        @Override
        public long nanoTime() {
          return 0;
        }
      };

  private String text() throws IOException {
    return Files.readString(folder.resolve("queries.active"), StandardCharsets.UTF_8);
  }

  private ActiveQueries open() {
    return new ActiveQueries(Disk.system(), folder, 2, clock);
  }

  @Test
  void whatRunsIsInTheFileAndWhatIsOverIsNot() throws IOException {
    try (ActiveQueries active = open()) {
      Runnable up = active.began("up");
      Runnable sum = active.began("sum(\"ü\")");
      assertEquals(1 + 2 * 1000, Files.size(folder.resolve("queries.active")));
      assertEquals(
          "[{\"query\":\"up\",\"timestamp_sec\":1700000000},"
              + "{\"query\":\"sum(\\\"ü\\\")\",\"timestamp_sec\":1700000000}]",
          ActiveQueries.unfinished(text()));
      up.run();
      assertEquals(
          "[{\"query\":\"sum(\\\"ü\\\")\",\"timestamp_sec\":1700000000}]",
          ActiveQueries.unfinished(text()));
      sum.run();
      assertEquals("", ActiveQueries.unfinished(text()));
    }
    open().close();
    assertEquals("", ActiveQueries.unfinished(text()), "a new run begins with none");
  }

  @Test
  void aLongQueryIsCut() throws IOException {
    try (ActiveQueries active = open()) {
      active.began("x".repeat(5000));
      String left = ActiveQueries.unfinished(text());
      assertTrue(left.length() <= 1000 && left.startsWith("[{\"query\":\"xxx"), left);
      assertTrue(left.endsWith("\"timestamp_sec\":1700000000}]"), left);
    }
  }
}
