package io.narthex.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.testing.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The program started wrongly: status and text are those of Prometheus 3.5.3, with a place where
/// that has none, and nobody sees a stack trace.
class BadStartsIT {

  @TempDir Path work;

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | --no-such-flag | Error parsing command line arguments: unknown long flag '--no-such-flag'
          1 | --config.file | Error parsing command line arguments: expected argument for flag '--config.file'
          1 | --web.enable-lifecycle=maybe | Error parsing command line arguments: unexpected maybe
          2 | --query.timeout=5x | Error parsing command line arguments: unknown unit "x" in duration "5x"
          2 | --query.max-samples=many | Error parsing command line arguments: strconv.ParseFloat: parsing "many": invalid syntax
          1 | what | Error parsing command line arguments: unexpected what
          1 | --enable-feature=search-api | not implemented yet: --enable-feature=search-api
          1 | --web.listen-address=127.0.0.1:99999 | Unable to start web listener: listen tcp: address 99999: invalid port
          2 | --web.listen-address=nonsense | parse external URL "": address nonsense: missing port in address
          1 | exporter --no-such-flag | Error parsing command line arguments: unknown long flag '--no-such-flag'
          1 | exporter --web.listen-address=127.0.0.1:99999 | Unable to start web listener: listen tcp: address 99999: invalid port
          """)
  void wrongFlags(int status, String arguments, String text) {
    assertRefused(status, List.of(arguments.split(" ")), text);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          yaml | 'scrape_configs:@  - job_name: a@   static_configs: [@' | yaml: line 3:
          tab | 'global:@~scrape_interval: 1s@' | yaml: line 2: found character
          field | 'global:@  scrape_intervall: 2s@nonsense: 1@' | line 2: field scrape_intervall not found in type config.plain
          type | 'scrape_configs: 7@' | line 1: cannot unmarshal !!int `7` into []*config.ScrapeConfig
          twice | 'scrape_configs:@- job_name: a@- job_name: b@- job_name: a@' | found multiple scrape configs with job name "a"
          regex | 'scrape_configs:@- job_name: a@  relabel_configs:@  - {regex: "(", target_label: y}@' | error parsing regexp: missing closing ): `(`
          action | 'scrape_configs:@- job_name: a@  relabel_configs:@  - {action: nope}@' | unknown relabel action "nope"
          duration | 'scrape_configs:@- job_name: a@  scrape_interval: 5 minutes@' | unknown unit " minutes" in duration "5 minutes"
          timeout | 'scrape_configs:@- job_name: a@  scrape_interval: 5s@  scrape_timeout: 10s@' | scrape timeout greater than scrape interval for scrape config with job name "a"
          nameless | 'scrape_configs:@- static_configs: [{targets: ["a:1"]}]@' | job_name is empty
          url | 'scrape_configs:@- job_name: a@  http_sd_configs: [{url: "nope"}]@' | URL scheme must be 'http' or 'https'
          target | 'scrape_configs:@- job_name: a@  static_configs: [{targets: ["http://a:1/metrics"]}]@' | is not a valid hostname
          section | 'rule_files: [a.yml]@' | not implemented yet: rule_files
          """)
  void wrongFile(String name, String config, String text) throws IOException {
    Path file = work.resolve(name + ".yml");
    Files.writeString(file, config.replace('@', '\n').replace('~', '\t'));
    String log = assertRefused(2, List.of("--config.file=" + file), text.replace("\"", "\\\""));
    assertTrue(log.contains("Error loading config (--config.file=" + file + ")"), log);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --storage.tsdb.wal-segment-size=9MB | flag 'storage.tsdb.wal-segment-size' must be set between 10MB and 256MB
          --storage.tsdb.max-block-chunk-segment-size=1KB | flag 'storage.tsdb.max-block-chunk-segment-size' must be set over 1MB
          """)
  void wrongSizesOfFiles(String flag, String text) throws IOException {
    Path file = Files.writeString(work.resolve("prometheus.yml"), "");
    assertRefused(
        1, List.of("--config.file=" + file, "--web.listen-address=127.0.0.1:0", flag), text);
  }

  @Test
  void noFile() {
    assertRefused(
        2, List.of("--config.file=absent.yml"), "open absent.yml: no such file or directory");
  }

  @Test
  void portInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      assertRefused(
          1,
          List.of("--web.listen-address=" + address),
          "Unable to start web listener: listen tcp " + address + ": bind: address already in use");
    }
  }

  @Test
  void dataWhereThereIsAFile() throws IOException {
    Path file = Files.writeString(work.resolve("file"), "");
    assertRefused(
        1,
        List.of("--web.listen-address=127.0.0.1:0", "--storage.tsdb.path=" + file.resolve("data")),
        "opening storage failed: create directory ");
  }

  @Test
  void dataOfAnotherProcess() throws IOException {
    int port = Program.freePort();
    Path data = work.resolve("data");
    List<String> flags =
        List.of("--storage.tsdb.path=" + data, "--web.listen-address=127.0.0.1:" + port);
    try (Program first = Program.start(work, "first", command(flags))) {
      first.awaitOk("http://127.0.0.1:" + port + "/-/ready");
      assertRefused(
          1,
          List.of("--storage.tsdb.path=" + data, "--web.listen-address=127.0.0.1:0"),
          "held by another process that uses the same data; stop that one first");
    }
  }

  private static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(Program.narthex()));
    command.addAll(arguments);
    return command;
  }

  private String assertRefused(int status, List<String> arguments, String text) {
    try (Program program = Program.start(work, "narthex", command(arguments))) {
      int found = program.awaitEnd();
      String log = program.log();
      assertTrue(log.contains(text), log);
      assertEquals(status, found, log);
      assertFalse(log.contains("\tat ") || log.contains("Exception"), log);
      return log;
    }
  }
}
