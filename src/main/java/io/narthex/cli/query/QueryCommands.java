package io.narthex.cli.query;

import io.narthex.cli.command.Argument;
import io.narthex.cli.command.Command;
import io.narthex.cli.command.Given;
import io.narthex.cli.command.Kind;
import io.narthex.cli.command.Option;
import io.narthex.cli.command.ToolGroup;
import io.narthex.cli.query.ServerApi.Param;
import io.narthex.cli.query.ServerApi.Reply;
import io.narthex.cli.terminal.Terminal;
import io.narthex.cli.terminal.ToolException;
import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.io.json.Json;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The commands of `query`.
public final class QueryCommands implements ToolGroup {

  private static final Duration FAR = Duration.ofHours(9999);

  private static final Argument SERVER =
      Argument.required("server", Kind.URL, "Prometheus server to query.");

  private final Disk disk;
  private final Clock clock;
  private final Map<String, String> environment;
  private final Terminal terminal;

  public QueryCommands(Disk disk, Clock clock, Map<String, String> environment, Terminal terminal) {
    this.disk = disk;
    this.clock = clock;
    this.environment = environment;
    this.terminal = terminal;
  }

  /// The flag that says how HTTP is spoken.
  public static Option httpConfigFile(Disk disk) {
    return Option.value(
            "http.config.file",
            new Kind.ExistingFile(disk),
            "",
            "HTTP client configuration file for promtool to connect to Prometheus.")
        .showing("<filename>");
  }

  @Override
  public Command command() {
    return Command.group(
        "query",
        "Run query against a Prometheus server.",
        List.of(
            Option.value(
                    "format",
                    new Kind.OneOf(List.of("promql", "json")),
                    "promql",
                    "Output format of the query.")
                .shortly('o'),
            httpConfigFile(disk)),
        instant(),
        range(),
        Command.leaf(
            "series",
            "Run series query.",
            List.of(match().needed(), start("Start"), end("End")),
            SERVER),
        Command.leaf(
            "labels",
            "Run labels query.",
            List.of(start("Start"), end("End"), match()),
            SERVER,
            Argument.required("name", Kind.TEXT, "Label name to provide label values for.")),
        analyze());
  }

  private static Command instant() {
    return Command.leaf(
        "instant",
        "Run instant query.",
        List.of(
            text("time", "Query evaluation time (RFC3339 or Unix timestamp)."),
            // Of Prometheus 3.14; 3.5, whose help this is, has it for ranges only.
            headers().unlisted()),
        SERVER,
        Argument.required("expr", Kind.TEXT, "PromQL query expression."));
  }

  private static Command range() {
    return Command.leaf(
        "range",
        "Run range query.",
        List.of(
            headers(),
            start("Query range start"),
            end("Query range end"),
            Option.value("step", Kind.DURATION, "", "Query step size (duration).")),
        SERVER,
        Argument.required("expr", Kind.TEXT, "PromQL query expression."));
  }

  private static Command analyze() {
    return Command.leaf(
        "analyze",
        "Run queries against your Prometheus to analyze the usage pattern of certain metrics.",
        List.of(
            Option.value("server", Kind.URL, "", "Prometheus server to query.").needed(),
            text("type", "Type of metric: histogram.").needed(),
            Option.value("duration", Kind.DURATION, "1h", "Time frame to analyze."),
            text("time", "Query time (RFC3339 or Unix timestamp), defaults to now."),
            match().needed()));
  }

  private static Option headers() {
    return Option.values("header", Kind.PAIR, "", "Extra headers to send to server.");
  }

  private static Option match() {
    return Option.values(
        "match", Kind.TEXT, "", "Series selector. Can be specified multiple times.");
  }

  private static Option start(String what) {
    return text("start", what + " time (RFC3339 or Unix timestamp).");
  }

  private static Option end(String what) {
    return text("end", what + " time (RFC3339 or Unix timestamp).");
  }

  private static Option text(String name, String help) {
    return Option.value(name, Kind.TEXT, "", help);
  }

  @Override
  public int run(Given given) {
    String url = given.text("server");
    try (ServerApi api =
        ServerApi.open(given, url, given.pairs("header"), disk, clock, environment)) {
      switch (given.path()) {
        case "query instant" -> instant(given, api);
        case "query range" -> range(given, api);
        case "query series" -> series(given, api);
        case "query labels" -> labels(given, api);
        case "query analyze" -> new HistogramUsage(api, terminal).run(given, now());
        default -> throw new IllegalStateException("BUG: no tool for " + given.path());
      }
    }
    return 0;
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.nowMs());
  }

  /// The time that a flag says.
  ///
  /// @param mistake what is said before the mistake
  static Instant time(Given given, String flag, Instant otherwise, String mistake) {
    String text = given.text(flag);
    try {
      return text.isEmpty() ? otherwise : Instants.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ToolException(mistake + e.getMessage());
    }
  }

  private void print(Given given, Reply reply) {
    Json.Obj data = reply.data().asObject();
    print(answers(given).value(data.get("resultType").asString(), data.get("result")));
  }

  private void print(String text) {
    terminal.out().print(text);
  }

  private static Answers answers(Given given) {
    return given.text("format").equals("json") ? new JsonAnswers() : new PlainAnswers();
  }

  private void instant(Given given, ServerApi api) {
    Instant at = time(given, "time", now(), "error parsing evaluation time: ");
    Reply reply =
        api.post(
            "/api/v1/query",
            List.of(
                new Param("query", given.text("expr")), new Param("time", Instants.seconds(at))));
    print(given, reply);
  }

  private void range(Given given, ServerApi api) {
    Instant end = time(given, "end", now(), "error parsing end time: ");
    Instant start =
        time(given, "start", end.minus(Duration.ofMinutes(5)), "error parsing start time: ");
    if (!start.isBefore(end)) {
      throw new ToolException("start time is not before end time");
    }
    long stepNanos = given.nanos("step");
    if (stepNanos == 0) {
      stepNanos =
          Math.max(Duration.between(start, end).toNanos() / 250 / 1_000_000_000, 1) * 1_000_000_000;
    }
    String step = BigDecimal.valueOf(stepNanos, 9).stripTrailingZeros().toPlainString();
    Reply reply =
        api.post(
            "/api/v1/query_range",
            List.of(
                new Param("query", given.text("expr")),
                new Param("start", Instants.seconds(start)),
                new Param("end", Instants.seconds(end)),
                new Param("step", step)));
    print(given, reply);
  }

  /// Selectors and span of a look at series.
  private List<Param> selection(Given given) {
    List<Param> params = new ArrayList<>();
    Instant start = time(given, "start", now().minus(FAR), "error parsing start time: ");
    Instant end = time(given, "end", now().plus(FAR), "error parsing end time: ");
    params.add(new Param("start", Instants.seconds(start)));
    params.add(new Param("end", Instants.seconds(end)));
    given.all("match").forEach(selector -> params.add(new Param("match[]", selector)));
    return params;
  }

  private void series(Given given, ServerApi api) {
    Reply reply = api.post("/api/v1/series", selection(given));
    print(answers(given).series(reply.data()));
  }

  private void labels(Given given, ServerApi api) {
    String name = URLEncoder.encode(given.text("name"), StandardCharsets.UTF_8);
    Reply reply =
        api.get("/api/v1/label/" + name.replace("+", "%20") + "/values", selection(given));
    reply.warnings().forEach(w -> terminal.complain("query warning: " + w));
    print(answers(given).labelValues(reply.data()));
  }
}
