package io.narthex.cli.query;

import io.narthex.cli.terminal.GoJson;
import io.narthex.io.json.Json;
import io.narthex.model.labels.Utf8Order;
import java.util.List;
import java.util.Map;

/// Answers for programs: the API's JSON again, as Go writes it, on one line.
record JsonAnswers() implements Answers {

  @Override
  public String value(String type, Json result) {
    StringBuilder out = new StringBuilder();
    switch (type) {
      case "vector", "matrix" -> list(result, out, JsonAnswers::series);
      case "string" -> text(result, out);
      default -> pair(result, out);
    }
    return out.append('\n').toString();
  }

  @Override
  public String series(Json list) {
    return list(list, new StringBuilder(), JsonAnswers::labels).append('\n').toString();
  }

  @Override
  public String labelValues(Json list) {
    return list(list, new StringBuilder(), (value, out) -> GoJson.quote(value.asString(), out))
        .append('\n')
        .toString();
  }

  private static void text(Json pair, StringBuilder out) {
    List<Json> items = pair.asArray();
    out.append('[').append(PlainAnswers.time(items.get(0))).append(',');
    GoJson.quote(items.get(1).asString(), out).append(']');
  }

  private interface Writer {
    void write(Json value, StringBuilder out);
  }

  private static StringBuilder list(Json list, StringBuilder out, Writer writer) {
    if (list instanceof Json.Null) {
      return out.append("null");
    }
    String separator = "";
    out.append('[');
    for (Json item : list.asArray()) {
      out.append(separator);
      writer.write(item, out);
      separator = ",";
    }
    return out.append(']');
  }

  private static void series(Json series, StringBuilder out) {
    Json.Obj object = series.asObject();
    out.append("{\"metric\":");
    labels(object.get("metric"), out);
    for (String key : List.of("value", "histogram")) {
      Json value = object.find(key);
      if (value != null) {
        out.append(",\"").append(key).append("\":");
        pair(value, out);
      }
    }
    for (String key : List.of("values", "histograms")) {
      Json values = object.find(key);
      if (values != null) {
        out.append(",\"").append(key).append("\":");
        list(values, out, JsonAnswers::pair);
      }
    }
    out.append('}');
  }

  private static void labels(Json labels, StringBuilder out) {
    Map<String, Json> members = labels.asObject().members();
    String separator = "";
    out.append('{');
    for (String name : members.keySet().stream().sorted(Utf8Order::compare).toList()) {
      out.append(separator);
      GoJson.quote(name, out).append(':');
      GoJson.quote(members.getOrDefault(name, new Json.Str("")).asString(), out);
      separator = ",";
    }
    out.append('}');
  }

  /// A time and a value or histogram.
  private static void pair(Json pair, StringBuilder out) {
    List<Json> items = pair.asArray();
    out.append('[').append(PlainAnswers.time(items.get(0))).append(',');
    if (items.get(1) instanceof Json.Obj histogram) {
      histogram(histogram, out);
    } else {
      GoJson.quote(PlainAnswers.number(items.get(1)), out);
    }
    out.append(']');
  }

  private static void histogram(Json.Obj histogram, StringBuilder out) {
    out.append("{\"count\":");
    GoJson.quote(PlainAnswers.number(histogram.get("count")), out).append(",\"sum\":");
    GoJson.quote(PlainAnswers.number(histogram.get("sum")), out).append(",\"buckets\":");
    Json buckets = histogram.find("buckets");
    list(buckets == null ? new Json.Null() : buckets, out, JsonAnswers::bucket).append('}');
  }

  private static void bucket(Json bucket, StringBuilder out) {
    List<Json> items = bucket.asArray();
    out.append('[').append(items.get(0).asLong());
    for (Json item : items.subList(1, items.size())) {
      out.append(',');
      GoJson.quote(PlainAnswers.number(item), out);
    }
    out.append(']');
  }
}
