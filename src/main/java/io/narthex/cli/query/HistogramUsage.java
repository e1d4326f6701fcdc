package io.narthex.cli.query;

import io.narthex.cli.command.Given;
import io.narthex.cli.command.GoDurations;
import io.narthex.cli.query.ServerApi.Param;
import io.narthex.cli.terminal.Terminal;
import io.narthex.cli.terminal.ToolException;
import io.narthex.io.json.Json;
import io.narthex.model.labels.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `query analyze`: how many buckets of histograms are in use.
final class HistogramUsage {

  private static final String HEADER =
      """
      Bucket stats for each histogram series over time
      ------------------------------------------------
      First the min, avg, and max number of populated buckets, followed by the total
      number of buckets (only if different from the max number of populated buckets
      which is typical for classic but not native histograms).\
      """;

  private static final String FOOTER =
      """
      Aggregated bucket stats
      -----------------------
      Each line shows min/avg/max over the series above.\
      """;

  private final ServerApi api;
  private final Terminal terminal;
  private final BucketSummary natives = new BucketSummary();
  private final BucketSummary classics = new BucketSummary();

  HistogramUsage(ServerApi api, Terminal terminal) {
    this.api = api;
    this.terminal = terminal;
  }

  void run(Given given, Instant now) {
    if (!given.text("type").equals("histogram")) {
      throw new ToolException("analyze type is " + given.text("type") + ", must be 'histogram'");
    }
    Instant end =
        QueryCommands.time(given, "time", now, "error parsing time '" + given.text("time") + "': ");
    terminal.line(HEADER + "\n");
    String range = "[" + GoDurations.format(given.nanos("duration")) + "]";
    for (String selector : given.all("match")) {
      look(selector + range, end);
    }
    terminal.line("\n" + FOOTER);
    if (natives.count() > 0) {
      terminal.line("\nNative " + natives);
    }
    if (classics.count() > 0) {
      terminal.line("\nClassic " + classics);
    }
  }

  private void look(String query, Instant end) {
    Json.Obj data = query(query, end);
    if (!data.get("resultType").asString().equals("matrix")) {
      throw new ToolException("query of buckets resulted in non-Matrix");
    }
    Map<String, List<Json.Obj>> classic = new LinkedHashMap<>();
    for (Json item : data.get("result").asArray()) {
      Json.Obj series = item.asObject();
      Json values = series.find("values");
      if (values == null || values.asArray().isEmpty()) {
        nativeSeries(series);
      } else {
        classicSeries(series, classic);
      }
    }
    classic.forEach((name, buckets) -> {
      BucketCounts counts = BucketCounts.ofClassic(buckets);
      if (counts != null) {
        terminal.line("- " + name + " (classic): " + counts);
        classics.add(counts);
      }
    });
  }

  private Json.Obj query(String query, Instant end) {
    try {
      return api.post(
              "/api/v1/query",
              List.of(new Param("query", query), new Param("time", Instants.seconds(end))))
          .data()
          .asObject();
    } catch (ToolException e) {
      // This command alone says it without these words.
      String message = String.valueOf(e.getMessage());
      String prefix = "query error: ";
      throw new ToolException(
          message.startsWith(prefix) ? message.substring(prefix.length()) : message);
    }
  }

  private void nativeSeries(Json.Obj series) {
    Json histograms = series.find("histograms");
    BucketCounts counts =
        BucketCounts.ofNative(histograms == null ? List.of() : histograms.asArray());
    if (counts != null) {
      terminal.line("- " + PlainAnswers.metric(series.get("metric")) + " (native): " + counts);
      natives.add(counts);
    }
  }

  private static void classicSeries(Json.Obj series, Map<String, List<Json.Obj>> classic) {
    Map<String, Json> rest = new LinkedHashMap<>(series.get("metric").asObject().members());
    Json name = rest.remove(Labels.NAME);
    Json bound = rest.remove(Labels.BUCKET);
    if (bound != null && name != null && name.asString().endsWith("_bucket")) {
      String key = name.asString() + PlainAnswers.labelSet(new Json.Obj(rest));
      classic.computeIfAbsent(key, k -> new ArrayList<>()).add(series);
    }
  }
}
