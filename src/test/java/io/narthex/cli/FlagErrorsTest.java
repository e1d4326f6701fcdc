package io.narthex.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Wrong command lines: wording and exit codes that the real binary has.
class FlagErrorsTest {

  private static FlagException refused(String line) {
    List<String> args = List.of(line.split(" "));
    return assertThrows(
        FlagException.class, () -> CommandLine.read(args, "narthex 0", "host"), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--foo | unknown long flag '--foo'",
        "-x | unknown short flag '-x'",
        "bar | unexpected bar",
        "--config.file | expected argument for flag '--config.file'",
        "--storage.tsdb.path --agent | expected argument for flag '--storage.tsdb.path'",
        "--no-config.file | unknown long flag '--no-config.file'",
        "--agent=true | unexpected true",
        "-h=1 | unknown short flag '-='",
      })
  void syntax(String line, String message) {
    FlagException e = refused(line);
    assertEquals(
        "Error parsing command line arguments: " + message + "\nnarthex: error: " + message,
        e.getMessage());
    assertEquals(1, e.exitCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--query.timeout=abc | not a valid duration string: \"abc\"",
        "--query.timeout= | empty duration string",
        "--query.max-samples=x | strconv.ParseFloat: parsing \"x\": invalid syntax",
        "--web.max-connections= | strconv.ParseFloat: parsing \"\": invalid syntax",
        "--auto-gomemlimit.ratio=x | strconv.ParseFloat: parsing \"x\": invalid syntax",
        "--rules.max-concurrent-evals=x | strconv.ParseInt: parsing \"x\": invalid syntax",
        "--log.level=foo | unrecognized log level foo",
        "--storage.tsdb.retention.size=5 | units: unknown unit  in 5",
        "--storage.tsdb.retention.size=x | units: invalid x",
        "--storage.tsdb.retention.time=1x | unknown unit \"x\" in duration \"1x\"",
        "--storage.tsdb.wal-compression-type=foo | enum value must be one of snappy,zstd, got"
            + " 'foo'",
        "--query.timeout 2m --query.timeout 3m | flag 'query.timeout' cannot be repeated",
        "--web.enable-lifecycle --web.enable-lifecycle |"
            + " flag 'web.enable-lifecycle' cannot be repeated",
        "--scrape.timestamp-tolerance=x | time: invalid duration \"x\"",
        "--web.remote-write-receiver.accepted-protobuf-messages=foo |"
            + " unknown remote write protobuf message foo, supported: prometheus.WriteRequest,"
            + " io.prometheus.write.v2.Request",
      })
  void values(String line, String message) {
    FlagException e = refused(line);
    assertEquals("Error parsing command line arguments: " + message, e.getMessage());
    assertEquals(2, e.exitCode());
    assertTrue(e.withUsage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "3 | --agent --query.timeout=1m |"
            + " The following flag(s) can not be used in agent mode: [\"--query.timeout\"]",
        "3 | --storage.agent.path=x --storage.agent.no-lockfile |"
            + " The following flag(s) can only be used in agent mode:"
            + " [\"--storage.agent.path\" \"--storage.agent.no-lockfile\"]",
        "2 | --web.external-url=http://x:y |"
            + " parse external URL \"http://x:y\": parse \"http://x:y\": invalid port \":y\" after"
            + " host",
        "2 | --web.external-url=\"http://x\" |"
            + " parse external URL \"\\\"http://x\\\"\": URL must not begin or end with quotes",
        "1 | --auto-gomemlimit.ratio=1.5 |"
            + " --auto-gomemlimit.ratio must be greater than 0 and less than or equal to 1.",
        "1 | --web.search.max-limit=-1 |"
            + " --web.search.max-limit must be non-negative; got -1 (use 0 to disable the cap)",
        "1 | --enable-feature=extra-scrape-metrics,xyz,search-api,old-ui |"
            + " not implemented yet: --enable-feature=search-api,old-ui",
        "1 | --enable-feature=otlp-deltatocumulative,otlp-native-delta-ingestion |"
            + " Error parsing feature list: cannot enable otlp-deltatocumulative and"
            + " otlp-native-delta-ingestion features at the same time",
        "1 | --agent | not implemented yet: --agent",
        "1 | --web.enable-otlp-receiver | not implemented yet: --web.enable-otlp-receiver",
        "1 | --web.config.file=w.yml | not implemented yet: --web.config.file",
        "1 | alertmanager | narthex: error: alertmanager is not implemented yet; there are: server,"
            + " exporter",
      })
  void rules(int code, String line, String message) {
    FlagException e = refused(line);
    assertEquals(message, e.getMessage());
    assertEquals(code, e.exitCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "( | error parsing regexp: missing closing ): `^(?s:()$`",
      })
  void corsRegex(String regex, String why) {
    FlagException e = refused("--web.cors.origin=" + regex);
    String message = String.valueOf(e.getMessage());
    assertTrue(
        message.startsWith(
            "could not compile CORS regex string \"" + regex + "\": error parsing regexp: missing"),
        message + " / " + why);
    assertEquals(2, e.exitCode());
  }
}
