package io.narthex.io.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.VirtualTimers;
import io.narthex.config.YamlReader;
import io.narthex.io.disk.Disk;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients against a server that answers with what it was asked.
class ConfiguredClientsTest {

  @TempDir Path folder;

  private final VirtualTimers time = new VirtualTimers(0);
  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService workers = Executors.newFixedThreadPool(2);
  private final List<String> forms = new CopyOnWriteArrayList<>();
  private final HttpServer server = vertx.createHttpServer();
  private final ConfiguredClients clients =
      new ConfiguredClients(
          vertx,
          vertx.nettyEventLoopGroup(),
          Disk.system(),
          time,
          new BodyPool(),
          workers,
          workers,
          Map.of());

  @BeforeEach
  void listen() throws Exception {
    server.requestHandler(this::answer);
    server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    workers.shutdownNow();
  }

  private void answer(HttpServerRequest request) {
    String host = request.getParam("to");
    switch (request.path()) {
      case "/redirect" ->
          request
              .response()
              .setStatusCode(302)
              .putHeader("Location", "http://" + host + ":" + server.actualPort() + "/echo")
              .end();
      case "/token" -> request.body().onSuccess(form -> token(request, form.toString()));
      default ->
          request
              .response()
              .end(
                  "auth="
                      + request.getHeader("Authorization")
                      + " x="
                      + request.headers().getAll("X-Own"));
    }
  }

  private void token(HttpServerRequest request, String form) {
    forms.add(request.getHeader("Authorization") + " " + form);
    if (request.getHeader("Authorization") != null) {
      request.response().setStatusCode(401).end("no");
      return;
    }
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .end(
            "{\"access_token\":\"t"
                + forms.size()
                + "\",\"token_type\":\"bearer\",\"expires_in\":60}");
  }

  private HttpClientConfig config(String yaml) {
    String text = yaml.replace("@", "http://127.0.0.1:" + server.actualPort());
    return HttpClientConfig.of(
        HttpClientShape.SHAPE.read(YamlReader.read("f", text)).inFolder(folder));
  }

  private String get(Fetcher fetcher, String path) {
    CompletableFuture<Fetcher.Result> result = new CompletableFuture<>();
    fetcher.fetch(
        new Fetcher.Request(
            "http://127.0.0.1:" + server.actualPort() + path, "", Map.of(), 10_000, 0, 100),
        result::complete);
    return switch (result.join()) {
      case Fetcher.Body body -> new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
      case Fetcher.Failure failure -> "failed: " + failure.message();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | auth=null x=[]",
        "basic_auth: {username: u, password: p} | auth=Basic dTpw x=[]",
        "authorization: {credentials: c} | auth=Bearer c x=[]",
        "authorization: {type: Token, credentials: c} | auth=Token c x=[]",
        "bearer_token: b | auth=Bearer b x=[]",
        "http_headers: {X-Own: {values: [a], secrets: [s]}} | auth=null x=[a, s]",
      })
  void whoWeAre(String yaml, String echo) {
    try (Fetcher fetcher = clients.source(config(yaml)).open()) {
      assertEquals(echo, get(fetcher, "/echo"));
    }
  }

  @Test
  void filesAreReadAgainAtEachUse() throws Exception {
    Path secret = folder.resolve("secret");
    Files.writeString(secret, " one\n");
    String yaml =
        "authorization: {credentials_file: secret}\nhttp_headers: {X-Own: {files: [secret]}}";
    try (Fetcher fetcher = clients.source(config(yaml)).open()) {
      assertEquals("auth=Bearer one x=[one]", get(fetcher, "/echo"));
      Files.writeString(secret, "two");
      assertEquals("auth=Bearer two x=[two]", get(fetcher, "/echo"));
      Files.delete(secret);
      String failed = get(fetcher, "/echo");
      assertTrue(failed.contains("no such file or directory"), failed);
      Files.writeString(secret, "three");
      assertEquals("auth=Bearer three x=[three]", get(fetcher, "/echo"));
    }
  }

  @Test
  void credentialsStayWithTheirHost() {
    String yaml = "authorization: {credentials: c}\nhttp_headers: {X-Own: {values: [a]}}";
    try (Fetcher fetcher = clients.source(config(yaml)).open()) {
      assertEquals("auth=Bearer c x=[a]", get(fetcher, "/redirect?to=127.0.0.1"));
      assertEquals("auth=null x=[a]", get(fetcher, "/redirect?to=localhost"));
    }
    try (Fetcher fetcher = clients.source(config("follow_redirects: false")).open()) {
      assertEquals(
          "failed: server returned HTTP status 302 Found", get(fetcher, "/redirect?to=localhost"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.org, a.org, true",
    "a.org, A.ORG, true",
    "a.org, x.a.org, true",
    "a.org, xa.org, false",
    "x.a.org, a.org, false",
    "a.org, '::1%.a.org', false",
  })
  void hostsThatCredentialsMayGoTo(String from, String to, boolean may) {
    assertEquals(may, Redirects.keepsCredentials(from, to));
  }

  @Test
  void tokensAreRenewedWhenTheyRunOut() {
    String yaml =
        "oauth2: {client_id: i d, client_secret: s, token_url: '@/token', scopes: [a, b],"
            + " endpoint_params: {k: v}}";
    try (Fetcher fetcher = clients.source(config(yaml)).open()) {
      assertEquals("auth=Bearer t2 x=[]", get(fetcher, "/echo"));
      time.advance(49_000);
      assertEquals("auth=Bearer t2 x=[]", get(fetcher, "/echo"));
      time.advance(2_000);
      assertEquals("auth=Bearer t4 x=[]", get(fetcher, "/echo"));
    }
    assertEquals(
        List.of(
            "Basic aStkOnM= grant_type=client_credentials&scope=a+b&k=v",
            "null grant_type=client_credentials&scope=a+b&k=v&client_id=i+d&client_secret=s"),
        forms.subList(0, 2));
  }

  @Test
  void equalConfigurationsGiveEqualSources() {
    FetcherSource source = clients.source(config("bearer_token: b"));
    assertEquals(source, clients.source(config("authorization: {credentials: b}")));
    assertNotEquals(source, clients.source(config("bearer_token: c")));
  }

  @Test
  void missingFilesOfTlsFailAtOnce() {
    FetcherSource source = clients.source(config("tls_config: {ca_file: none.pem}"));
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, source::open);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("none.pem: no such file"), message);
  }

  @Test
  void whatNobodyServesIsRefused() {
    HttpClientConfig config = config("proxy_url: 'http://p:1'\nproxy_connect_header: {X: [a]}");
    assertFalse(ConfiguredClients.unserved(config).isEmpty());
    assertInstanceOf(
        HttpClientException.class,
        assertThrows(IllegalArgumentException.class, clients.source(config)::open).getCause());
  }
}
