package io.narthex.io.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// Status and headers of an answer over HTTP/1.x, as far as a client needs them that asks for
/// bodies. Reusable; not thread-safe.
final class AnswerHead {

  private static final byte[] CONNECTION = "connection".getBytes(ISO_8859_1);
  private static final byte[] CONTENT_LENGTH = "content-length".getBytes(ISO_8859_1);
  private static final byte[] TRANSFER_ENCODING = "transfer-encoding".getBytes(ISO_8859_1);
  private static final byte[] CONTENT_TYPE = "content-type".getBytes(ISO_8859_1);
  private static final byte[] CONTENT_ENCODING = "content-encoding".getBytes(ISO_8859_1);

  private byte[] bytes = {};
  private int status;
  private String reason = "";
  private boolean isKept;
  private boolean isChunked;
  private boolean isGzip;
  private long lengthBytes;
  private String contentType = "";

  /// Reads `head[0, length)`, up to and with the blank line.
  ///
  /// @throws HttpClientException if this is no head of an answer
  void parse(byte[] head, int length) {
    bytes = head;
    isChunked = false;
    isGzip = false;
    lengthBytes = -1;
    contentType = "";
    int end = lineEnd(0, length);
    statusLine(trimmed(0, end));
    int at = end + 1;
    while (at < length) {
      end = lineEnd(at, length);
      header(at, end);
      at = end + 1;
    }
    if (isChunked) {
      lengthBytes = -1;
    }
  }

  /// Refuses what cannot become a head, so that nobody waits for the rest of it.
  ///
  /// @throws HttpClientException if the first line is there and is none of an answer
  void checkBegin(byte[] head, int length) {
    bytes = head;
    int end = lineEnd(0, length);
    if (end < length) {
      String line = trimmed(0, end);
      if (!line.startsWith("HTTP/")) {
        throw malformed(line);
      }
    }
  }

  private static HttpClientException malformed(String line) {
    return new HttpClientException("malformed HTTP response \"" + line + '"');
  }

  private int lineEnd(int from, int length) {
    int end = from;
    while (end < length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  private String trimmed(int from, int end) {
    int first = from;
    int last = end;
    while (first < last && bytes[first] <= ' ' && bytes[first] >= 0) {
      first++;
    }
    while (last > first && bytes[last - 1] <= ' ' && bytes[last - 1] >= 0) {
      last--;
    }
    return new String(bytes, first, last - first, ISO_8859_1);
  }

  /// `HTTP/1.1 200 OK`
  private void statusLine(String line) {
    int blank = line.indexOf(' ');
    if (blank < 0 || !line.startsWith("HTTP/")) {
      throw malformed(line);
    }
    if (!line.startsWith("HTTP/1.")) {
      throw new HttpClientException("malformed HTTP version \"" + line.substring(0, blank) + '"');
    }
    String rest = line.substring(blank + 1).stripLeading();
    int end = rest.indexOf(' ');
    String code = end < 0 ? rest : rest.substring(0, end);
    status = 0;
    for (int i = 0; i < code.length(); i++) {
      int digit = code.charAt(i) - '0';
      status = digit >= 0 && digit <= 9 && code.length() == 3 ? status * 10 + digit : -1000;
    }
    if (status < 100) {
      throw new HttpClientException("malformed HTTP status code \"" + code + '"');
    }
    reason = end < 0 ? "" : rest.substring(end + 1).strip();
    isKept = !line.startsWith("HTTP/1.0");
  }

  private void header(int from, int end) {
    int colon = from;
    while (colon < end && bytes[colon] != ':') {
      colon++;
    }
    if (colon == end) {
      return;
    }
    if (is(CONTENT_LENGTH, from, colon)) {
      length(trimmed(colon + 1, end));
    } else if (is(CONTENT_TYPE, from, colon)) {
      contentType = trimmed(colon + 1, end);
    } else if (is(CONTENT_ENCODING, from, colon)) {
      isGzip = trimmed(colon + 1, end).equals("gzip");
    } else if (is(TRANSFER_ENCODING, from, colon)) {
      transfer(trimmed(colon + 1, end));
    } else if (is(CONNECTION, from, colon)) {
      connection(trimmed(colon + 1, end));
    }
  }

  /// Whether the bytes are the lower-case `name`, in whatever case.
  private boolean is(byte[] name, int from, int to) {
    if (to - from != name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      byte b = bytes[from + i];
      if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != name[i]) {
        return false;
      }
    }
    return true;
  }

  private void length(String text) {
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || i > 17) {
        throw new HttpClientException("bad Content-Length \"" + text + '"');
      }
      length = length * 10 + digit;
    }
    if (text.isEmpty() || lengthBytes >= 0 && lengthBytes != length) {
      throw new HttpClientException("bad Content-Length \"" + text + '"');
    }
    lengthBytes = length;
  }

  private void transfer(String encoding) {
    if (!encoding.equalsIgnoreCase("chunked")) {
      throw new HttpClientException("unsupported transfer encoding: \"" + encoding + '"');
    }
    isChunked = true;
  }

  private void connection(String options) {
    for (String option : options.split(",")) {
      if (option.strip().equalsIgnoreCase("close")) {
        isKept = false;
      } else if (option.strip().equalsIgnoreCase("keep-alive")) {
        isKept = true;
      }
    }
  }

  int status() {
    return status;
  }

  /// What follows the status.
  String reason() {
    return reason;
  }

  /// Whether the connection may be used again behind this answer.
  boolean isKept() {
    return isKept;
  }

  boolean isChunked() {
    return isChunked;
  }

  boolean isGzip() {
    return isGzip;
  }

  /// Length of the body, -1 if it was not told.
  long lengthBytes() {
    return lengthBytes;
  }

  /// Whether answers with this status have no body.
  boolean hasNoBody() {
    return status == 204 || status == 304;
  }

  /// Empty if it was not told.
  String contentType() {
    return contentType;
  }

  /// Whether the answer names another place.
  boolean isRedirect() {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }
}
