package io.narthex.io.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers as servers write them, in pieces as networks cut them.
final class AnswerReaderTest {

  private static final String LENGTH =
      "HTTP/1.1 200 OK\r\nContent-Type:  text/plain; version=0.0.4 \r\nContent-Length: 11\r\n\r\n"
          + "a_metric 1\n";
  private static final String CHUNKED =
      "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\nContent-Length: 3\r\n\r\n"
          + "4;ext=\"x\"\r\na_me\r\n0007\r\ntric 1\n\r\n0\r\nTrailer: yes\r\n\r\n";

  private final AnswerReader reader = new AnswerReader(new BodyPool());

  private static Fetcher.Request request(long limitBytes) {
    return new Fetcher.Request("http://h/", "", Map.of(), 1000, limitBytes, 0);
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, ISO_8859_1);
  }

  private String body() {
    BodyBuffer body = reader.takeBody();
    assertNotNull(body);
    return new String(body.bytes(), 0, body.length(), ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {LENGTH, CHUNKED})
  void answersComeInAnyPieces(String answer) {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 300; round++) {
      reader.begin(request(0));
      assertTrue(reader.isUntouched());
      String two = answer + answer;
      ByteBuf all = bytes(two);
      int given = 0;
      boolean complete = false;
      while (!complete) {
        assertTrue(given < two.length(), "no end");
        int count = Math.min(two.length() - given, 1 + random.nextInt(round % 40 + 1));
        ByteBuf piece = all.slice(given, count);
        complete = reader.read(piece);
        given += count - piece.readableBytes();
      }
      assertEquals(answer.length(), given, "bytes of the next answer stay");
      assertEquals("a_metric 1\n", body());
      assertEquals(200, reader.head().status());
      assertTrue(reader.head().isKept());
    }
  }

  @Test
  void headersAreRead() {
    reader.begin(request(0));
    assertTrue(reader.read(bytes(LENGTH)));
    assertEquals("text/plain; version=0.0.4", reader.head().contentType());
    assertFalse(reader.head().isGzip());
    reader.drop();
    reader.begin(request(0));
    assertTrue(
        reader.read(
            bytes(
                "HTTP/1.1 100 Continue\r\n\r\n"
                    + "HTTP/1.1 404 Not Found\nCONTENT-ENCODING: gzip\nConnection: x, Close\n"
                    + "Content-Length: 2\n\nno")));
    assertEquals(404, reader.head().status());
    assertEquals("Not Found", reader.head().reason());
    assertTrue(reader.head().isGzip());
    assertFalse(reader.head().isKept());
    assertEquals("", reader.head().contentType());
    assertNull(reader.takeBody());
  }

  @Test
  void withoutALengthTheBodyEndsWithTheConnection() {
    reader.begin(request(0));
    assertFalse(reader.read(bytes("HTTP/1.0 200 OK\r\n\r\nabc")));
    assertFalse(reader.head().isKept());
    assertTrue(reader.end());
    assertEquals("abc", body());
    reader.begin(request(0));
    assertFalse(reader.read(bytes("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc")));
    assertFalse(reader.end());
    reader.drop();
  }

  @Test
  void nothingBelongsToAnAnswerWithoutABody() {
    reader.begin(request(0));
    ByteBuf in = bytes("HTTP/1.1 204 No Content\r\n\r\nrest");
    assertTrue(reader.read(in));
    assertEquals(4, in.readableBytes());
    reader.begin(request(0));
    assertTrue(reader.read(bytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")));
    assertEquals("", body());
  }

  @Test
  void aBodyAtItsLimitIsTooLarge() {
    reader.begin(request(11));
    assertTrue(reader.read(bytes(LENGTH)));
    assertTrue(reader.isTooLarge());
    reader.drop();
    reader.begin(request(12));
    assertTrue(reader.read(bytes(LENGTH)));
    assertFalse(reader.isTooLarge());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 2x0 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: br\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n"
      })
  void whatIsNoAnswerIsSaidToBeNone(String answer) {
    reader.begin(request(0));
    assertThrows(HttpClientException.class, () -> reader.read(bytes(answer)));
    reader.drop();
  }
}
