package io.narthex.io.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.MultiMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is plain enough to be sent as it is.
final class RequestHeadTest {

  private static @Nullable RequestHead head(String url, String name, String value) {
    MultiMap own = MultiMap.caseInsensitiveMultiMap().add(name, value);
    Map<String, String> headers = Map.of("Accept", "text/plain;q=0.5,*/*;q=0.1");
    return RequestHead.of(new Fetcher.Request(url, "", headers, 1000, 0, 0), own);
  }

  @Test
  void theRequestIsWholeAndInOrder() {
    RequestHead head = head("http://Host:9100/metrics?a=b", "Authorization", "Bearer x y");
    assertNotNull(head);
    assertEquals(
        "GET /metrics?a=b HTTP/1.1\r\nHost: Host:9100\r\nAccept: text/plain;q=0.5,*/*;q=0.1\r\n"
            + "Authorization: Bearer x y\r\n\r\n",
        new String(head.bytes(), ISO_8859_1));
    assertEquals("host:9100", head.authority());
  }

  @ParameterizedTest
  @CsvSource({
    "http://a/x, a, 80, GET /x HTTP/1.1",
    "http://a:81, a, 81, GET / HTTP/1.1",
    "http://a:81?q, a, 81, GET /?q HTTP/1.1",
    "http://[::1]:81/, ::1, 81, GET / HTTP/1.1",
    "http://[::1]/, ::1, 80, GET / HTTP/1.1",
  })
  void hostAndPortAreFound(String url, String host, int port, String line) {
    RequestHead head = head(url, "A", "b");
    assertNotNull(head);
    assertEquals(host, head.host());
    assertEquals(port, head.port());
    assertEquals(line, new String(head.bytes(), ISO_8859_1).lines().findFirst().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a/",
        "http://user@a/",
        "http:///x",
        "http://a:/x",
        "http://a:0/x",
        "http://a:65536/x",
        "http://a:8x/",
        "http://a/x#y",
        "http://a/x y",
        "http://a/ä"
      })
  void otherUrlsAreNotPlain(String url) {
    assertNull(head(url, "A", "b"));
  }

  @ParameterizedTest
  @CsvSource({"Host, b", "A:, b", "A b, c", "A, 'b\r\nC: d'", "A, ä"})
  void headersThatCouldMeanMoreAreNotPlain(String name, String value) {
    assertNull(head("http://a/", name, value));
  }
}
