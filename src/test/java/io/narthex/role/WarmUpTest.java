package io.narthex.role;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.EngineOptions;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.testing.Await;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {

  private static final long HOUR_MS = 3_600_000;

  @TempDir Path work;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger series = new AtomicInteger();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private WarmUp start() {
    return WarmUp.start(
        WarmUp.folder(work),
        new WarmUp.Ground(
            vertx,
            Disk.system(),
            Clock.system(),
            EngineOptions.defaults(),
            (router, engine, data, metrics) -> {
              series.set(count(data));
              router
                  .route()
                  .handler(context -> {
                    asked.incrementAndGet();
                    context.response().end("{}");
                  });
            }));
  }

  private static int count(Queryable data) {
    try (Querier querier = data.querier(0, Long.MAX_VALUE)) {
      SeriesSet set =
          querier.select(
              false,
              SelectHints.seriesOnly(0, Long.MAX_VALUE, 0),
              List.of(Matcher.equal("job", "app")));
      int n = 0;
      while (set.next()) {
        n++;
      }
      return n;
    }
  }

  @Test
  void asksForEverythingOverMadeUpData() {
    TrainingData.writeBlocks(WarmUp.folder(work), 2, 5 * HOUR_MS, Clock.system());
    try (WarmUp warmUp = start()) {
      Await.until("all requests", 60, () -> !warmUp.isRunning());
    }
    assertEquals(WarmUp.ROUNDS * TrainingRequests.api(0).size(), asked.get());
    assertEquals(2 * 305, series.get());
  }

  @Test
  void endsWhenTheServerDoes() {
    TrainingData.writeBlocks(WarmUp.folder(work), 1, 5 * HOUR_MS, Clock.system());
    try (WarmUp warmUp = start()) {
      Await.until("the first request", 60, () -> asked.get() > 0);
      warmUp.close();
      assertFalse(warmUp.isRunning());
    }
    assertTrue(asked.get() < WarmUp.ROUNDS * TrainingRequests.api(0).size());
  }

  @Test
  void doesNothingWithoutMadeUpData() {
    try (WarmUp warmUp = start()) {
      assertFalse(warmUp.isRunning());
    }
    assertEquals(0, asked.get());
  }
}
