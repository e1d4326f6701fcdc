package io.narthex.role;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.storage.StorageException;
import io.narthex.testing.Await;
import io.narthex.testing.LocalServer;
import io.narthex.testing.Program;
import io.restassured.specification.RequestSpecification;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The life of a server: opening, ready, asked to end, closed.
class ServerRoleTest {

  private static final String EMPTY = "global: {scrape_interval: 1h}\n";

  @TempDir Path work;

  @Test
  void answersWhileItIsOpening() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    int port = Program.freePort();
    CompletableFuture<LocalServer> starting =
        CompletableFuture.supplyAsync(() ->
            LocalServer.start(
                work, Clock.system(), slow(open), EMPTY, "--web.listen-address=127.0.0.1:" + port));
    try {
      Await.until("the listener", 30, () -> listens(port));
      request(port).get("/-/healthy").then().statusCode(200);
      for (String path : new String[] {"/-/ready", "/api/v1/query?query=1", "/api/v1/targets"}) {
        request(port)
            .get(path)
            .then()
            .statusCode(503)
            .header("X-Prometheus-Stopping", "false")
            .body(equalTo("Service Unavailable"));
      }
      request(port).get("/api/v1/status/walreplay").then().statusCode(200);
      request(port).get("/metrics").then().statusCode(200);
    } finally {
      open.countDown();
      try (LocalServer server = starting.get(30, TimeUnit.SECONDS)) {
        server.request().get("/-/ready").then().statusCode(200);
        server.request().get("/api/v1/query?query=1").then().statusCode(200);
      }
    }
  }

  private static RequestSpecification request(int port) {
    return LocalServer.request(port);
  }

  private static boolean listens(int port) {
    try {
      return request(port).get("/-/healthy").statusCode() == 200;
    } catch (Exception e) {
      return false;
    }
  }

  /// The machine's disk, which makes the data folder only after `open`.
  private static Disk slow(CountDownLatch open) {
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, args) -> {
              if (method.getName().equals("createDirectories")) {
                open.await();
              }
              try {
                return method.invoke(Disk.system(), args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/-/reload", "/-/quit"})
  void whoMayNotManageItIsTold(String path) {
    try (LocalServer server = LocalServer.start(work, Clock.system(), EMPTY)) {
      server
          .request()
          .post(path)
          .then()
          .statusCode(403)
          .body(equalTo("Lifecycle API is not enabled."));
      assertEquals(0, server.quits());
    }
  }

  @Test
  void endsWhenAskedTo() {
    try (LocalServer server =
        LocalServer.start(work, Clock.system(), EMPTY, "--web.enable-lifecycle")) {
      server.request().get("/-/quit").then().statusCode(405);
      assertEquals(0, server.quits());
      server
          .request()
          .post("/-/quit")
          .then()
          .statusCode(200)
          .body(equalTo("Requesting termination... Goodbye!"));
      Await.until("the request to end", 10, () -> server.quits() == 1);
    }
  }

  @Test
  void leavesTheDataFolderToTheNextOne() {
    LocalServer.start(work, Clock.system(), EMPTY).close();
    try (LocalServer server = LocalServer.start(work, Clock.system(), EMPTY)) {
      StorageException refused =
          assertThrows(
              StorageException.class, () -> LocalServer.start(work, Clock.system(), EMPTY));
      assertTrue(String.valueOf(refused.getMessage()).contains("lock"), refused.getMessage());
      server.request().get("/-/ready").then().statusCode(200);
    }
  }

  @Test
  void servesBelowItsRoutePrefix() {
    try (LocalServer server =
        LocalServer.start(
            work, Clock.system(), EMPTY, "--web.external-url=http://outside.example/prom")) {
      server.request().get("/prom/-/ready").then().statusCode(200);
      server.request().get("/prom/api/v1/query?query=1").then().statusCode(200);
      server.request().get("/api/v1/query?query=1").then().statusCode(404);
      server.request().get("/").then().statusCode(302).header("Location", "/prom/query");
    }
  }
}
