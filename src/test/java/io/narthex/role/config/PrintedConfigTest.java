package io.narthex.role.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.config.ConfigException;
import io.narthex.io.disk.Disk;
import io.narthex.io.json.Json;
import io.narthex.testing.Conformance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedConfigTest {

  /// Fields that the recorded 3.5.3 does not print and 3.14 does.
  private static final Set<String> NEWER =
      Set.of(
          "scrape_native_histograms",
          "extra_scrape_metrics",
          "label_name_underscore_sanitization",
          "label_name_preserve_multiple_underscores");

  private static ServerConfig read(String yaml, Map<String, String> environment) {
    return new ServerConfigReader(Disk.system(), environment, ConfigDefaults.NONE)
        .read("c.yml", yaml, Path.of(""), false);
  }

  private static ServerConfig read(String yaml) {
    return read(yaml, Map.of());
  }

  @Test
  void isWhatPrometheusPrints() {
    Path recording = Conformance.path("httpapi/live.json");
    Json.Obj file =
        Json.parse(new String(Disk.system().read(recording), StandardCharsets.UTF_8)).asObject();
    String recorded = "";
    for (Json c : file.get("cases").asArray()) {
      Json.Obj request = c.asObject().get("request").asObject();
      if (request.get("path").asString().equals("/api/v1/status/config")) {
        Json.Obj response = c.asObject().get("response").asObject();
        recorded = response.get("json").asObject().get("data").asObject().get("yaml").asString();
      }
    }
    String printed = read(file.get("config").asString()).yaml();
    assertEquals(common(recorded), common(printed));
  }

  /// The text without what differs between the versions.
  private static String common(String yaml) {
    // The recorded server had --enable-feature=exemplar-storage, which shows in `storage`.
    // 3.14 leaves the protocols of `global` open and names its validation.
    String text =
        yaml.replaceFirst("(?s)\nstorage:.*\notlp:", "\notlp:")
            .replaceFirst(
                "(?s)\n  scrape_protocols:(\n  - [^\n]*)+\n  evaluation", "\n  evaluation")
            .replaceFirst(
                "(?s)^(global:((?!runtime:).)*)\n  metric_name_validation_scheme: utf8", "$1");
    return text.lines()
        .filter(line -> NEWER.stream().noneMatch(name -> line.strip().startsWith(name + ":")))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void anEmptyFileHasDefaults() {
    assertEquals(
        """
        global:
          scrape_interval: 1m
          scrape_timeout: 10s
          evaluation_interval: 1m
          metric_name_validation_scheme: utf8
          scrape_native_histograms: false
          extra_scrape_metrics: false
        runtime:
          gogc: 75
        storage:
          tsdb:
            outofordertimewindow: 0
            retention:
              time: 15d
        otlp:
          translation_strategy: UnderscoreEscapingWithSuffixes
          label_name_underscore_sanitization: true
          label_name_preserve_multiple_underscores: true
        """,
        read("").yaml());
  }

  @Test
  void secretsAreHidden() {
    String yaml =
        read("""
        scrape_configs:
        - job_name: a
          basic_auth: {username: u, password: hush}
        - job_name: b
          bearer_token: hush
          proxy_url: http://u:hush@p:1
        - job_name: c
          http_headers: {X: {values: [v], secrets: [hush]}}
          oauth2: {client_id: i, client_secret: hush, token_url: 'http://t'}
        """)
            .yaml();
    assertFalse(yaml.contains("hush"), yaml);
    assertTrue(yaml.contains("password: <secret>"), yaml);
    assertTrue(yaml.contains("credentials: <secret>"), yaml);
    assertTrue(yaml.contains("- <secret>"), yaml);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a$X-b | aone-b",
        "${X}${NONE}$Y. | one.",
        "$$X | $X",
        "100% | 100%",
        "a$ | a$",
        "${X | X",
      })
  void externalLabelsAreExpanded(String text, String value) {
    ServerConfig config =
        read("global: {external_labels: {l: '" + text + "'}}", Map.of("X", "one", "Y", ""));
    assertEquals(value, config.global().externalLabels().get("l"));
  }

  @Test
  void pathsAreResolvedAgainstTheFile() {
    ServerConfig config =
        new ServerConfigReader(Disk.system(), Map.of(), ConfigDefaults.NONE)
            .read(
                "/etc/p/c.yml",
                """
                global: {query_log_file: q.log}
                rule_files: [r/*.yml, /abs.yml]
                scrape_configs:
                - job_name: a
                  authorization: {credentials_file: ../s}
                  file_sd_configs: [{files: [t/*.json]}]
                """,
                Path.of("/etc/p"),
                false);
    assertEquals("/etc/p/q.log", config.global().queryLogFile());
    assertEquals(List.of("/etc/p/r/*.yml", "/abs.yml"), config.file().strings("rule_files"));
    String yaml = config.yaml();
    assertTrue(yaml.contains("credentials_file: /etc/s\n"), yaml);
    assertTrue(yaml.contains("- /etc/p/t/*.json\n"), yaml);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rule_files: [r.yml] | rule_files",
        "remote_write: [{url: 'http://h'}] | remote_write",
        "remote_read: [{url: 'http://h'}] | remote_read",
        "tracing: {endpoint: 'h:1'} | tracing",
        "alerting: {alertmanagers: [{static_configs: [{targets: ['h:1']}]}]} |"
            + " alerting.alertmanagers",
        "scrape_configs: [{job_name: a, dns_sd_configs: [{names: [n]}]}] |"
            + " dns_sd_configs of job \"a\"",
      })
  void whatNobodyServesIsNamed(String yaml, String section) {
    ServerConfig config = read(yaml);
    ConfigException e = assertThrows(ConfigException.class, () -> ServedSections.check(config));
    assertEquals("not implemented yet: " + section, e.text());
    assertEquals(1, e.place().line());
  }

  @Test
  void servedFilesPass() {
    ServerConfig config = read(DefaultConfig.text("127.0.0.1:9090", "/p"));
    ServedSections.check(config);
    assertEquals(
        List.of("/p/metrics", "/p/exporters/node/metrics"),
        config.jobs().stream().map(job -> job.scrape().metricsPath()).toList());
    assertEquals(15_000, config.jobs().getFirst().scrape().intervalMs());
    ServedSections.check(read("alerting: {alert_relabel_configs: []}\nrule_files: []\n"));
  }
}
