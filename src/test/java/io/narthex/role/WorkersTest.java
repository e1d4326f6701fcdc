package io.narthex.role;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkersTest {

  @Test
  void requestsInTurnAreForOneThreadAndThoseAtOnceForMany() throws Exception {
    try (Workers workers = new Workers(3)) {
      Set<String> names = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        Future<String> name = workers.api().submit(() -> Thread.currentThread().getName());
        names.add(name.get(20, TimeUnit.SECONDS));
        ((ForkJoinPool) workers.api()).awaitQuiescence(20, TimeUnit.SECONDS);
      }
      assertEquals(true, names.size() < 4, names.toString());
      CountDownLatch together = new CountDownLatch(7);
      for (int i = 0; i < 7; i++) {
        workers
            .api()
            .execute(() -> {
              together.countDown();
              await(together);
            });
      }
      assertEquals(true, together.await(20, TimeUnit.SECONDS), "three queries and the reserve");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
