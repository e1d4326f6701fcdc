package io.narthex.judge;

import io.narthex.api.json.JsonOut;
import io.narthex.api.json.ValueJson;
import io.narthex.promql.PromqlEngine;
import io.narthex.promql.QueryException;
import io.narthex.promql.QueryParams;
import io.narthex.promql.value.QueryResult;
import io.narthex.promql.value.QueryStats;
import io.narthex.storage.Queryable;
import io.narthex.testing.Program;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Prometheus over HTTP, and the engine in this process, asked the same.
final class TwoServers {

  private static final QueryParams STEPS = QueryParams.DEFAULT.with(QueryParams.Detail.STEPS);

  private final String base;
  private final PromqlEngine engine;
  private final Queryable storage;
  int errors;
  int empty;

  TwoServers(int port, PromqlEngine engine, Queryable storage) {
    base = "http://127.0.0.1:" + port + "/api/v1/";
    this.engine = engine;
    this.storage = storage;
  }

  /// The empty string if both say the same, else what differs.
  String instant(String query, long tMs) {
    String theirs =
        Program.get(base + "query?query=" + encoded(query) + "&stats=all&time=" + seconds(tMs));
    return difference(query, theirs, () -> engine.instant(storage, query, tMs, STEPS));
  }

  String range(String query, long startMs, long endMs, long stepMs) {
    String theirs =
        Program.get(
            base
                + "query_range?query="
                + encoded(query)
                + "&stats=all&start="
                + seconds(startMs)
                + "&end="
                + seconds(endMs)
                + "&step="
                + seconds(stepMs));
    return difference(
        query, theirs, () -> engine.range(storage, query, startMs, endMs, stepMs, STEPS));
  }

  private static String seconds(long ms) {
    return String.format(Locale.ROOT, "%.3f", ms / 1000.0);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String difference(String query, String theirs, Supplier<QueryResult> ours) {
    JsonObject expected = new JsonObject(theirs);
    String error =
        NewerLanguage.error(
            expected.getString("error", "").replaceFirst("^invalid parameter \"query\": ", ""));
    QueryResult result;
    try {
      result = ours.get();
    } catch (QueryException e) {
      errors++;
      return error.equals(e.getMessage())
          ? ""
          : "error expected ["
              + cut(error.isEmpty() ? theirs : error)
              + "] found ["
              + e.getMessage()
              + "]";
    } catch (RuntimeException e) {
      return "BUG: " + e + " at " + e.getStackTrace()[0];
    }
    if (!error.isEmpty()) {
      return "error expected [" + error + "] found " + cut(json(result).encode());
    }
    String notes = notes(query, expected, result);
    String data = notes.isEmpty() ? data(expected.getJsonObject("data"), json(result)) : notes;
    return data.isEmpty() ? stats(expected.getJsonObject("data"), result.stats()) : data;
  }

  /// Samples that steps looked at, and the most that were held.
  private static String stats(JsonObject data, QueryStats found) {
    JsonObject expected = data.getJsonObject("stats").getJsonObject("samples");
    JsonArray steps = new JsonArray();
    JsonArray perStep = expected.getJsonArray("totalQueryableSamplesPerStep", new JsonArray());
    for (int i = 0; i < perStep.size(); i++) {
      steps.add(perStep.getJsonArray(i).getLong(1));
    }
    String theirs = expected.getLong("totalQueryableSamples") + " " + steps;
    JsonArray ours = new JsonArray();
    Arrays.stream(found.samplesPerStep()).forEach(ours::add);
    String looked = found.totalQueryableSamples() + " " + ours;
    if (!theirs.equals(looked)) {
      return "samples expected " + theirs + " found " + looked;
    }
    long peak = expected.getLong("peakSamples");
    // What a step gathers is known on the average only, and so are the last windows.
    long tolerance = perStep.size() > 1 ? Math.max(100, peak / 2) : 3 + peak / 20;
    return Math.abs(peak - found.peakSamples()) <= tolerance
        ? ""
        : "peak expected " + peak + " found " + found.peakSamples();
  }

  private static JsonObject json(QueryResult result) {
    byte[] bytes =
        JsonOut.bytes(out -> {
          ValueJson.write(result.value(), out);
          out.endObject();
        });
    return new JsonObject(new String(bytes, StandardCharsets.UTF_8));
  }

  private static String notes(String query, JsonObject expected, QueryResult result) {
    String warnings =
        difference(query, "warnings", expected.getJsonArray("warnings"), result.warnings());
    return warnings.isEmpty()
        ? difference(query, "infos", expected.getJsonArray("infos"), result.infos())
        : warnings;
  }

  private static TreeSet<String> texts(@Nullable JsonArray array) {
    TreeSet<String> texts = new TreeSet<>();
    for (int i = 0; array != null && i < array.size(); i++) {
      texts.add(array.getString(i));
    }
    return texts;
  }

  private static String difference(
      String query, String what, @Nullable JsonArray theirs, List<String> ours) {
    TreeSet<String> raw = texts(theirs);
    TreeSet<String> expected = NewerLanguage.notes(query, raw);
    TreeSet<String> found = NewerLanguage.notes(query, new TreeSet<>(ours));
    // Which ten of many are shown is a matter of chance.
    boolean cut = raw.stream().anyMatch(note -> note.endsWith("annotations omitted"));
    boolean same = cut ? raw.size() == ours.size() : expected.equals(found);
    return same ? "" : what + " expected " + expected + " found " + found;
  }

  private String data(JsonObject expected, JsonObject found) {
    String type = expected.getString("resultType");
    if (!type.equals(found.getString("resultType"))) {
      return "type expected " + type + " found " + found.getString("resultType");
    }
    JsonArray a = expected.getJsonArray("result");
    JsonArray b = found.getJsonArray("result");
    if (type.equals("scalar") || type.equals("string")) {
      return Numbers.same(a, b) ? "" : a + " against " + b;
    }
    if (a.isEmpty()) {
      empty++;
    }
    Map<String, JsonObject> x = byLabels(a);
    Map<String, JsonObject> y = byLabels(b);
    if (!x.keySet().equals(y.keySet())) {
      TreeSet<String> missing = new TreeSet<>(x.keySet());
      missing.removeAll(y.keySet());
      TreeSet<String> more = new TreeSet<>(y.keySet());
      more.removeAll(x.keySet());
      return "series missing "
          + cut(missing.stream().limit(2).toList().toString())
          + " too many "
          + cut(more.stream().limit(2).toList().toString());
    }
    for (String labels : x.keySet()) {
      String difference = points(x.get(labels), y.get(labels));
      if (!difference.isEmpty()) {
        return labels + " " + difference;
      }
    }
    return "";
  }

  private static Map<String, JsonObject> byLabels(JsonArray result) {
    Map<String, JsonObject> series = new TreeMap<>();
    for (int i = 0; i < result.size(); i++) {
      JsonObject one = result.getJsonObject(i);
      series.put(new TreeMap<>(one.getJsonObject("metric").getMap()).toString(), one);
    }
    return series;
  }

  private static String points(JsonObject expected, JsonObject found) {
    for (String kind : new String[] {"value", "histogram"}) {
      if (!Numbers.same(expected.getValue(kind), found.getValue(kind))) {
        return kind + " " + expected.getValue(kind) + " against " + found.getValue(kind);
      }
    }
    for (String kind : new String[] {"values", "histograms"}) {
      JsonArray a = expected.getJsonArray(kind, new JsonArray());
      JsonArray b = found.getJsonArray(kind, new JsonArray());
      for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
        if (!Numbers.same(a.getValue(i), b.getValue(i))) {
          return kind + "[" + i + "] " + a.getValue(i) + " against " + b.getValue(i);
        }
      }
      if (a.size() != b.size()) {
        return kind + ": " + a.size() + " points against " + b.size();
      }
    }
    return "";
  }

  private static String cut(String text) {
    return text.length() > 600 ? text.substring(0, 600) + "..." : text;
  }
}
