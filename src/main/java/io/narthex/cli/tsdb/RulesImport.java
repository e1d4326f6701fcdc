package io.narthex.cli.tsdb;

import io.narthex.cli.command.Given;
import io.narthex.cli.query.Instants;
import io.narthex.cli.query.ServerApi;
import io.narthex.cli.query.ServerApi.Param;
import io.narthex.cli.query.ServerApi.Reply;
import io.narthex.cli.terminal.ToolException;
import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.io.json.Json;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.StaleMarker;
import io.narthex.promql.parse.ExprPrinter;
import io.narthex.rules.GroupTimes;
import io.narthex.rules.Rule;
import io.narthex.rules.RuleGroup;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.offline.Backfill;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Has a server evaluate recording rules over the past, and writes the results into blocks: one
/// range query and one block for each rule and span of blocks, at the instants at which the rule's
/// group would have been evaluated. Results that are histograms are left out, as by promtool.
final class RulesImport {

  private static final long NANOS = 1_000_000_000;

  private final Disk disk;
  private final Clock clock;
  private final ServerApi api;
  private final Consumer<String> warnings;
  private final Path directory;
  private final long blockMs;
  private final long defaultIntervalMs;

  RulesImport(Given given, Disk disk, Clock clock, ServerApi api, Consumer<String> warnings) {
    this.disk = disk;
    this.clock = clock;
    this.api = api;
    this.warnings = warnings;
    directory = Path.of(given.text("output-dir"));
    blockMs = Backfill.blockMs(given.nanos("max-block-duration") / 1_000_000);
    defaultIntervalMs = given.nanos("eval-interval") / 1_000_000;
  }

  /// Writes the blocks of one rule.
  ///
  /// @throws ToolException if the server does not answer, or a block cannot be written
  void rule(RuleGroup group, Rule.Recording rule, long startSeconds, long endSeconds) {
    long intervalMs = group.intervalMs() == 0 ? defaultIntervalMs : group.intervalMs();
    GroupTimes times = GroupTimes.of(group.file(), group.name(), intervalMs);
    long endMs = endSeconds * 1000;
    for (long fromMs = startSeconds * 1000 / blockMs * blockMs;
        fromMs <= endMs;
        fromMs += blockMs) {
      long firstSeconds = Math.max(fromMs / 1000, startSeconds);
      long lastSeconds = Math.min((fromMs + blockMs - 1) / 1000, endSeconds);
      long firstNanos = times.atOrBefore(firstSeconds * NANOS);
      while (Math.floorDiv(firstNanos, NANOS) < firstSeconds) {
        firstNanos += times.intervalNanos();
      }
      if (lastSeconds * NANOS <= firstNanos) {
        return;
      }
      write(rule, query(rule, firstNanos, lastSeconds, intervalMs));
    }
  }

  private List<Json> query(
      Rule.Recording rule, long firstNanos, long lastSeconds, long intervalMs) {
    Instant first =
        Instant.ofEpochSecond(Math.floorDiv(firstNanos, NANOS), Math.floorMod(firstNanos, NANOS));
    String step = BigDecimal.valueOf(intervalMs, 3).stripTrailingZeros().toPlainString();
    Reply reply;
    try {
      reply =
          api.post(
              "/api/v1/query_range",
              List.of(
                  new Param("query", ExprPrinter.print(rule.expr())),
                  new Param("start", Instants.seconds(first)),
                  new Param("end", Long.toString(lastSeconds)),
                  new Param("step", step)));
    } catch (ToolException e) {
      String why = String.valueOf(e.getMessage());
      throw new ToolException("query range: " + why.replaceFirst("^query error: ", ""));
    }
    if (!reply.warnings().isEmpty()) {
      warnings.accept("Range query returned warnings: " + String.join("; ", reply.warnings()));
    }
    Json.Obj data = reply.data().asObject();
    String type = data.get("resultType").asString();
    if (!type.equals("matrix")) {
      throw new ToolException("rule result is wrong type " + type);
    }
    return data.get("result").asArray();
  }

  private void write(Rule.Recording rule, List<Json> matrix) {
    try (Backfill backfill = backfill()) {
      for (Json series : matrix) {
        Json values = series.asObject().find("values");
        if (values == null) {
          continue;
        }
        int id = backfill.series(labels(rule, series.asObject().get("metric").asObject()));
        for (Json pair : values.asArray()) {
          List<Json> items = pair.asArray();
          long tMs = Math.round(items.get(0).asDouble() * 1000);
          backfill.add(id, tMs, value(items.get(1).asString()));
        }
      }
      disk.createDirectories(directory);
      backfill.write(Backfill.Listener.NONE);
    } catch (StorageException e) {
      throw new ToolException("add: " + e.getMessage());
    }
  }

  private Backfill backfill() {
    return new Backfill(
        disk, directory, clock, RandomGenerator.getDefault(), blockMs, Backfill.memoryBytes());
  }

  /// What the query found, the rule's labels over it, the rule's name over all.
  private static Labels labels(Rule.Recording rule, Json.Obj metric) {
    LabelsBuilder labels = new LabelsBuilder();
    metric.members().forEach((name, value) -> labels.set(name, value.asString()));
    for (int i = 0; i < rule.labels().size(); i++) {
      labels.set(rule.labels().name(i), rule.labels().value(i));
    }
    return labels.set(Labels.NAME, rule.name()).build();
  }

  private static double value(String text) {
    return switch (text) {
      case "NaN" -> Double.longBitsToDouble(StaleMarker.NORMAL_NAN_BITS);
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
