package io.narthex.io.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.clock.Clock;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The plain client does what the general one does, and the rest over it.
final class PlainFetcherTest extends FetcherContract {

  @Override
  Fetcher fetcher(Vertx on) {
    return new PlainFetcher(
        on.nettyEventLoopGroup(),
        ((VertxInternal) on).nettyAddressResolverGroup(),
        general(on),
        true,
        FetcherContract::own,
        new BodyPool(),
        Runnable::run,
        Clock.system(),
        new ConcurrentHashMap<>());
  }

  /// Answers requests with these bytes, one connection after another; an empty answer closes the
  /// connection.
  private static final class Script implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<String> answers;
    final AtomicInteger connections = new AtomicInteger();

    Script(String... answers) throws IOException {
      this.answers = new ArrayDeque<>(List.of(answers));
      Thread.ofPlatform().daemon().start(this::serve);
    }

    String url() {
      return "http://127.0.0.1:" + socket.getLocalPort() + "/x";
    }

    private void serve() {
      while (!answers.isEmpty()) {
        try (Socket connection = socket.accept()) {
          connections.incrementAndGet();
          boolean open = true;
          while (open && !answers.isEmpty() && readRequest(connection.getInputStream())) {
            String answer = answers.remove();
            open = !answer.isEmpty();
            connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
          }
        } catch (IOException e) {
          return;
        }
      }
    }

    /// Reads up to the blank line; false at the end of the connection.
    private static boolean readRequest(InputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = in.read();
        if (b < 0) {
          return false;
        }
        head.append((char) b);
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  @Test
  void aConnectionThatWasGivenUpIsReplaced() throws Exception {
    try (Script script = new Script(ok("a 1\n"), "", ok("b 2\n"))) {
      assertEquals("a 1\n", text(get(script.url(), 10_000, 0, 0)));
      assertEquals("b 2\n", text(get(script.url(), 10_000, 0, 0)));
      assertEquals(2, script.connections.get());
    }
  }

  @Test
  void bodiesEndInThreeWays() throws Exception {
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    String toTheEnd = "HTTP/1.0 200 OK\r\n\r\nc 3\n";
    try (Script script =
        new Script(ok("a 1\n"), chunked + "2\r\nb \r\n2\r\n2\n\r\n0\r\n\r\n", toTheEnd)) {
      assertEquals("a 1\n", text(get(script.url(), 10_000, 0, 0)));
      assertEquals("b 2\n", text(get(script.url(), 10_000, 0, 0)));
      assertEquals("c 3\n", text(get(script.url(), 10_000, 0, 0)));
      assertEquals(1, script.connections.get());
    }
  }

  @Test
  void aBrokenAnswerSaysWhatBroke() throws Exception {
    String broken = "net/http: HTTP/1.x transport connection broken: ";
    try (Script script = new Script("SSH-2.0-x\r\n\r\n")) {
      assertEquals(
          "Get \"" + script.url() + "\": " + broken + "malformed HTTP response \"SSH-2.0-x\"",
          text(get(script.url(), 10_000, 0, 0)));
    }
    try (Script script = new Script("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na 1\n")) {
      assertEquals("unexpected EOF", text(get(script.url(), 10_000, 0, 0)));
    }
  }

  @Test
  void aBodyThatDoesNotComeInTimeIsGivenUp() throws Exception {
    String slow = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na 1\n";
    try (Script script = new Script(slow, ok("never"))) {
      assertEquals("context deadline exceeded", text(get(script.url(), 50, 0, 0)));
    }
  }
}
