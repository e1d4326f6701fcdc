package io.narthex.io.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.VirtualTimers;
import io.narthex.config.YamlReader;
import io.narthex.io.disk.Disk;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients against a TLS server with a certificate for `narthex.test`, reached as `localhost`.
class TlsTest {

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private int port;

  @BeforeEach
  void listen() throws Exception {
    Path store = identity("server", "narthex.test");
    Path client = identity("client", "client.test");
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(new PfxOptions().setPath(store.toString()).setPassword("secret"))
            .setTrustOptions(
                new PemTrustOptions().addCertPath(folder.resolve("client.pem").toString()))
            .setClientAuth(ClientAuth.REQUEST);
    assertTrue(Files.exists(client));
    HttpServer server = vertx.createHttpServer(options);
    server.requestHandler(request -> {
      String who = request.connection().isSsl() && hasPeer(request) ? "client" : "nobody";
      request.response().end(who);
    });
    port =
        server
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS)
            .actualPort();
  }

  private static boolean hasPeer(io.vertx.core.http.HttpServerRequest request) {
    try {
      return !request.connection().peerCertificates().isEmpty();
    } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
      return false;
    }
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /// Makes a key and a certificate, as PKCS#12 and as PEM files `name.pem`, `name.key`.
  private Path identity(String name, String host) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "secret")
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, keytool.waitFor(), output);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    Files.writeString(
        folder.resolve(name + ".pem"), pem("CERTIFICATE", keys.getCertificate("a").getEncoded()));
    Key key = keys.getKey("a", "secret".toCharArray());
    Files.writeString(folder.resolve(name + ".key"), pem("PRIVATE KEY", key.getEncoded()));
    return store;
  }

  private static String pem(String what, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
  }

  private String get(String tls) {
    HttpClientConfig config =
        HttpClientConfig.of(
            HttpClientShape.SHAPE
                .read(YamlReader.read("f", "tls_config: {" + tls + "}"))
                .inFolder(folder));
    ConfiguredClients clients =
        new ConfiguredClients(
            vertx,
            vertx.nettyEventLoopGroup(),
            Disk.system(),
            new VirtualTimers(0),
            new BodyPool(),
            Runnable::run,
            Runnable::run,
            Map.of());
    CompletableFuture<Fetcher.Result> result = new CompletableFuture<>();
    try (Fetcher fetcher = clients.source(config).open()) {
      fetcher.fetch(
          new Fetcher.Request("https://localhost:" + port + "/", "", Map.of(), 20_000, 0, 100),
          result::complete);
      return switch (result.join()) {
        case Fetcher.Body body ->
            new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
        case Fetcher.Failure failure -> "failed: " + failure.message();
      };
    }
  }

  @Test
  void serversAreVerified() {
    assertTrue(get("").startsWith("failed:"), "an unknown authority");
    assertTrue(get("ca_file: server.pem").startsWith("failed:"), "a certificate of another host");
    assertEquals("nobody", get("ca_file: server.pem, server_name: narthex.test"));
    assertTrue(get("ca_file: server.pem, server_name: other.test").startsWith("failed:"));
    assertTrue(get("ca_file: client.pem, server_name: narthex.test").startsWith("failed:"));
    assertEquals("nobody", get("insecure_skip_verify: true"));
  }

  @Test
  void clientsShowTheirCertificate() {
    assertEquals(
        "client", get("insecure_skip_verify: true, cert_file: client.pem, key_file: client.key"));
  }

  @Test
  void versionsAreKept() {
    assertEquals("nobody", get("insecure_skip_verify: true, min_version: TLS13"));
    assertEquals("nobody", get("insecure_skip_verify: true, max_version: TLS12"));
  }
}
