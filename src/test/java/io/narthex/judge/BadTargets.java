package io.narthex.judge;

import static io.narthex.testing.RawTarget.TEXT;
import static io.narthex.testing.RawTarget.gzip;
import static io.narthex.testing.RawTarget.head;

import io.narthex.testing.Program;
import io.narthex.testing.RawTarget;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Targets that do everything wrong, one a job, and what Prometheus 3.5.3 says of each.
final class BadTargets implements AutoCloseable {

  private static final String LINE = "a 1\n";
  private static final String LONG = head(TEXT, 1000);
  private static final String ZIPPED = TEXT + "Content-Encoding: gzip\r\n";

  private final RawTarget target = new RawTarget();
  private final String base = "http://127.0.0.1:" + target.port();
  private final Map<String, String> expected = new TreeMap<>();
  private final StringBuilder jobs = new StringBuilder("scrape_configs:\n");

  BadTargets() {
    bodies();
    types();
    connections();
    elsewhere();
  }

  /// The section `scrape_configs` of a configuration.
  String jobs() {
    return jobs.toString();
  }

  /// Error by job; the empty one for targets that are up.
  Map<String, String> expected() {
    return expected;
  }

  private void bodies() {
    body("fine", LINE, "");
    body("empty", "", "");
    body("unended", "a 1\nb 2", "");
    body("twice", "a 1\na 2\n", "");
    body(
        "malformed",
        "a 1\nb{ 2\n",
        "expected label name, got \"2\" (\"INVALID\") while parsing: \"b{ 2\"");
    body(
        "word",
        "a one\n",
        "strconv.ParseFloat: parsing \"one\": invalid syntax while parsing: \"a one\"");
    body("nameless", "{} 1\n", "metric name not set while parsing: \"{} 1\"");
    body("latin1", "a{x=\"\u00ff\"} 1\n", "invalid UTF-8 label value: \"\\\"\\xff\\\"\"");
    answer("truncated", LONG, LINE, "unexpected EOF");
    answer(
        "chunked",
        "HTTP/1.1 200 OK\r\n" + TEXT + "Transfer-Encoding: chunked\r\n",
        "6\r\na 1\nb \r\n",
        "unexpected EOF");
    byte[] zipped = gzip(LINE.repeat(1000).getBytes(StandardCharsets.UTF_8));
    zipped("zipped", zipped, "");
    zipped("badgzip", "this is not gzip".getBytes(StandardCharsets.UTF_8), "gzip: invalid header");
    zipped("cutgzip", Arrays.copyOf(zipped, zipped.length - 10), "unexpected EOF");
    byte[] bomb = gzip(new byte[64 << 20]);
    jobs.append(job("bomb", "body_size_limit: 1MB, metrics_path: /bomb", target.port()));
    zipped(bomb, "bomb", "body size limit exceeded");
    jobs.append(job("large", "body_size_limit: 10B, metrics_path: /large", target.port()));
    target.on("/large", head(TEXT, 40), LINE.repeat(10));
    expected.put("large", "body size limit exceeded");
    jobs.append(job("many", "sample_limit: 3, metrics_path: /many", target.port()));
    target.on("/many", head(TEXT, 16), "a 1\nb 1\nc 1\nd 1\n");
    expected.put("many", "sample limit exceeded");
  }

  private void types() {
    String none = "no fallback_scrape_protocol specified for target";
    typed(
        "html",
        "Content-Type: text/html\r\n",
        "received unsupported Content-Type \"text/html\" and " + none);
    typed(
        "json",
        "Content-Type: application/json; charset=utf-8\r\n",
        "received unsupported Content-Type \"application/json; charset=utf-8\" and " + none);
    typed("untyped", "", "non-compliant scrape target sending blank Content-Type and " + none);
    typed(
        "badtype",
        "Content-Type: ;;;\r\n",
        "cannot parse Content-Type \";;;\" and no fallback_scrape_protocol for target");
    typed(
        "noeof",
        "Content-Type: application/openmetrics-text; version=1.0.0\r\n",
        "data does not end with # EOF");
  }

  private void connections() {
    status("missing", "404 Not Found");
    status("busy", "503 Service Unavailable");
    status("strange", "599 Strange Thing");
    String late = "context deadline exceeded";
    hanging("never", "", "Get \"" + base + "/never\": " + late);
    hanging("heads", "HTTP/1.1 200 OK\r\n" + TEXT, "Get \"" + base + "/heads\": " + late);
    hanging("hangs", LONG + "\r\n" + LINE, late);
    answer("closes", (connection, out) -> {}, "Get \"" + base + "/closes\": EOF");
    answer(
        "resets",
        (connection, out) -> connection.setSoLinger(true, 0),
        "Get \""
            + base
            + "/resets\": read tcp 127.0.0.1:"
            + target.port()
            + ": read: connection reset by peer");
    answer(
        "ssh",
        (connection, out) -> out.write("SSH-2.0-X\r\n".getBytes(StandardCharsets.UTF_8)),
        "Get \""
            + base
            + "/ssh\": net/http: HTTP/1.x transport connection broken: malformed HTTP response"
            + " \"SSH-2.0-X\"");
    answer(
        "loop",
        "HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n",
        "",
        "Get \"/loop\": stopped after 10 redirects");
  }

  private void elsewhere() {
    int refused = Program.freePort();
    jobs.append(job("refused", "metrics_path: /metrics", refused));
    expected.put(
        "refused",
        "Get \"http://127.0.0.1:"
            + refused
            + "/metrics\": dial tcp 127.0.0.1:"
            + refused
            + ": connect: connection refused");
    jobs.append(
        "- {job_name: nowhere, static_configs: [{targets: ['no-such-host.invalid:80']}]}\n");
    expected.put(
        "nowhere",
        "Get \"http://no-such-host.invalid:80/metrics\": dial tcp: lookup no-such-host.invalid: no"
            + " such host");
    jobs.append(
        "- {job_name: proxied, proxy_url: 'http://127.0.0.1:%d', static_configs: [{targets: ['%s']}]}\n"
            .formatted(refused, base.substring(7)));
    expected.put(
        "proxied",
        "Get \""
            + base
            + "/metrics\": proxyconnect tcp: dial tcp 127.0.0.1:"
            + refused
            + ": connect: connection refused");
    jobs.append(
        ("- {job_name: secretless, basic_auth: {username: u, password_file: /nonexistent/pw},"
                + " static_configs: [{targets: ['%s']}]}\n")
            .formatted(base.substring(7)));
    expected.put(
        "secretless",
        "Get \""
            + base
            + "/metrics\": unable to read basic auth password: unable to read file /nonexistent/pw:"
            + " open /nonexistent/pw: no such file or directory");
  }

  private static String job(String name, String more, int port) {
    return "- {job_name: %s, %s, static_configs: [{targets: ['127.0.0.1:%d']}]}\n"
        .formatted(name, more, port);
  }

  private void body(String name, String body, String error) {
    answer(name, head(TEXT, body.length()), body, error);
  }

  private void typed(String name, String type, String error) {
    answer(name, head(type, LINE.length()), LINE, error);
  }

  private void status(String name, String status) {
    answer(
        name,
        "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n",
        "",
        "server returned HTTP status " + status);
  }

  private void zipped(String name, byte[] bytes, String error) {
    jobs.append(job(name, "metrics_path: /" + name, target.port()));
    zipped(bytes, name, error);
  }

  private void zipped(byte[] bytes, String name, String error) {
    byte[] head = (head(ZIPPED, bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    target.on(
        "/" + name,
        (connection, out) -> {
          out.write(head);
          out.write(bytes);
        });
    expected.put(name, error);
  }

  private void hanging(String name, String bytes, String error) {
    jobs.append(job(name, "metrics_path: /" + name, target.port()));
    target.thenHangs("/" + name, bytes);
    expected.put(name, error);
  }

  private void answer(String name, String head, String body, String error) {
    jobs.append(job(name, "metrics_path: /" + name, target.port()));
    target.on("/" + name, head, body);
    expected.put(name, error);
  }

  private void answer(String name, RawTarget.Answer answer, String error) {
    jobs.append(job(name, "metrics_path: /" + name, target.port()));
    target.on("/" + name, answer);
    expected.put(name, error);
  }

  @Override
  public void close() {
    target.close();
  }
}
