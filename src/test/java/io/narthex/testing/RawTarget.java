package io.narthex.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;

/// A target that speaks HTTP as badly as a test wants: every path writes bytes of its own to the
/// connection, which is closed behind them.
public final class RawTarget implements AutoCloseable {

  private static final String HEAD = "HTTP/1.1 200 OK\r\n";

  /// What text targets say of their body.
  public static final String TEXT = "Content-Type: text/plain; version=0.0.4\r\n";

  /// Answers on one connection.
  public interface Answer {
    void write(Socket connection, OutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  public RawTarget() {
    try {
      server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public RawTarget on(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  /// Writes `head` and `body` as they are.
  public RawTarget on(String path, String head, String body) {
    byte[] bytes = (head + "\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
    return on(path, (connection, out) -> out.write(bytes));
  }

  /// Writes the same and then holds the connection open.
  public RawTarget thenHangs(String path, String bytes) {
    return on(
        path,
        (connection, out) -> {
          out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
          try {
            closed.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /// A good answer with these headers and this body.
  public static String head(String headers, int length) {
    return HEAD + headers + "Content-Length: " + length + "\r\n";
  }

  public static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      String path = path(connection.getInputStream());
      Answer answer = answers.get(path);
      if (answer != null) {
        answer.write(connection, connection.getOutputStream());
      }
    } catch (IOException e) {
      // The client has seen enough.
      return;
    }
  }

  private static String path(InputStream in) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      request.append((char) next);
    }
    return request.substring(request.indexOf(" ") + 1, request.indexOf(" HTTP/"));
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
