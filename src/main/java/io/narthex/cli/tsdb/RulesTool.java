package io.narthex.cli.tsdb;

import io.narthex.cli.command.Given;
import io.narthex.cli.query.Instants;
import io.narthex.cli.query.ServerApi;
import io.narthex.cli.terminal.Terminal;
import io.narthex.cli.terminal.ToolException;
import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.model.labels.GoQuote;
import io.narthex.promql.ast.Features;
import io.narthex.rules.Rule;
import io.narthex.rules.RuleFileException;
import io.narthex.rules.RuleFiles;
import io.narthex.rules.RuleGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `tsdb create-blocks-from rules`: what recording rules would have recorded, had they been there
/// before. Alerting rules are left out.
final class RulesTool {

  private static final long DEFAULT_AGE_SECONDS = 3 * 3600;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("dd MMM uu HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter NOW =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Given given;
  private final Disk disk;
  private final Clock clock;
  private final Map<String, String> environment;
  private final Terminal terminal;
  private final List<String> mistakes = new ArrayList<>();

  private RulesTool(
      Given given, Disk disk, Clock clock, Map<String, String> environment, Terminal terminal) {
    this.given = given;
    this.disk = disk;
    this.clock = clock;
    this.environment = environment;
    this.terminal = terminal;
  }

  /// Runs it; returns the exit code.
  static int run(
      Given given, Disk disk, Clock clock, Map<String, String> environment, Terminal terminal) {
    new RulesTool(given, disk, clock, environment, terminal).run();
    return 0;
  }

  private void run() {
    long endSeconds =
        given.text("end").isEmpty()
            ? Math.floorDiv(clock.nowMs(), 1000) - DEFAULT_AGE_SECONDS
            : seconds("end");
    long startSeconds = seconds("start");
    if (startSeconds >= endSeconds) {
      throw new ToolException("start time is not before end time");
    }
    String url = given.text("url");
    try (ServerApi api = ServerApi.open(given, url, Map.of(), disk, clock, environment)) {
      log(
          "INFO",
          "new rule importer",
          "start=\"" + day(startSeconds) + "\" end=\"" + day(endSeconds) + "\"");
      List<RuleGroup> groups = groups();
      RulesImport work =
          new RulesImport(given, disk, clock, api, warning -> log("WARN", warning, ""));
      for (RuleGroup group : groups) {
        log("INFO", "processing group", "name=" + quoted(group.file() + ";" + group.name()));
        for (int i = 0; i < group.rules().size(); i++) {
          rule(work, group, i, startSeconds, endSeconds);
        }
      }
    }
    mistakes.forEach(terminal::complain);
    if (!mistakes.isEmpty()) {
      throw new ToolException("error importing rules");
    }
  }

  private void rule(
      RulesImport work, RuleGroup group, int index, long startSeconds, long endSeconds) {
    Rule rule = group.rules().get(index);
    String of = "id=" + index + " name=" + quoted(rule.name());
    if (!(rule instanceof Rule.Recording recording)) {
      log("INFO", "leaving out alerting rule", of);
      return;
    }
    log("INFO", "processing rule", of);
    try {
      work.rule(group, recording, startSeconds, endSeconds);
    } catch (ToolException e) {
      mistakes.add("rule importer error: " + e.getMessage());
    }
  }

  private long seconds(String flag) {
    try {
      return Instants.parse(given.text(flag)).getEpochSecond();
    } catch (IllegalArgumentException e) {
      throw new ToolException("error parsing " + flag + " time: " + e.getMessage());
    }
  }

  private List<RuleGroup> groups() {
    List<RuleGroup> groups = new ArrayList<>();
    for (String file : given.all("rule-files")) {
      String text = new String(disk.read(Path.of(file)), StandardCharsets.UTF_8);
      try {
        groups.addAll(RuleFiles.read(file, text, Features.NONE));
      } catch (RuleFileException e) {
        throw new ToolException("rule importer parse error: " + e.getMessage());
      }
    }
    return groups;
  }

  /// A line as the reference's logger writes it.
  private void log(String level, String message, String fields) {
    terminal.complain(
        "time="
            + NOW.format(Instant.ofEpochMilli(clock.nowMs()))
            + " level="
            + level
            + " msg="
            + quoted(message)
            + " component=backfiller"
            + (fields.isEmpty() ? "" : " " + fields));
  }

  private static String day(long seconds) {
    return DAY.format(Instant.ofEpochSecond(seconds));
  }

  private static String quoted(String text) {
    boolean plain =
        !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '=');
    return plain ? text : GoQuote.quote(text);
  }
}
