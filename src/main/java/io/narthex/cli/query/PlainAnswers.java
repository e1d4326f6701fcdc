package io.narthex.cli.query;

import io.narthex.cli.terminal.ToolException;
import io.narthex.io.json.Json;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Utf8Order;
import io.narthex.model.sample.FloatText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Answers for people: `up{job="node"} => 1 @[1435781451.781]`.
record PlainAnswers() implements Answers {

  @Override
  public String value(String type, Json result) {
    return switch (type) {
      case "vector" -> lines(result.asArray().stream().map(PlainAnswers::sample).toList());
      case "matrix" -> matrix(result.asArray());
      case "scalar" -> {
        List<Json> pair = result.asArray();
        yield "scalar: " + number(pair.get(1)) + " @[" + time(pair.get(0)) + "]\n";
      }
      case "string" -> result.asArray().get(1).asString() + "\n";
      default ->
          throw new ToolException(
              "query error: bad_response: unexpected value type \"" + type + "\"");
    };
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private static String sample(Json sample) {
    Json.Obj object = sample.asObject();
    Json histogram = object.find("histogram");
    String value = histogram == null ? pair(object.get("value")) : histogramPair(histogram);
    return metric(object.get("metric")) + " => " + value;
  }

  private static String matrix(List<Json> series) {
    List<Json> sorted = new ArrayList<>(series);
    sorted.sort((a, b) -> compare(labels(a), labels(b)));
    return lines(sorted.stream().map(PlainAnswers::stream).toList());
  }

  private static Map<String, Json> labels(Json series) {
    return series.asObject().get("metric").asObject().members();
  }

  /// Fewer labels first; then by the first label, in the order of names, that differs.
  private static int compare(Map<String, Json> a, Map<String, Json> b) {
    if (a.size() != b.size()) {
      return Integer.compare(a.size(), b.size());
    }
    TreeSet<String> names = new TreeSet<>(Utf8Order::compare);
    names.addAll(a.keySet());
    names.addAll(b.keySet());
    for (String name : names) {
      Json left = a.get(name);
      Json right = b.get(name);
      if (left == null || right == null) {
        return left == null ? -1 : 1;
      }
      int order = Utf8Order.compare(left.asString(), right.asString());
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static String stream(Json series) {
    Json.Obj object = series.asObject();
    List<String> lines = new ArrayList<>();
    Json values = object.find("values");
    if (values != null) {
      values.asArray().forEach(pair -> lines.add(pair(pair)));
    }
    Json histograms = object.find("histograms");
    if (histograms != null) {
      histograms.asArray().forEach(pair -> lines.add(histogramPair(pair)));
    }
    return metric(object.get("metric")) + " =>\n" + String.join("\n", lines);
  }

  private static String pair(Json pair) {
    List<Json> items = pair.asArray();
    return number(items.get(1)) + " @[" + time(items.get(0)) + "]";
  }

  private static String histogramPair(Json pair) {
    List<Json> items = pair.asArray();
    Json.Obj histogram = items.get(1).asObject();
    Json buckets = histogram.find("buckets");
    String texts =
        buckets == null
            ? ""
            : buckets.asArray().stream().map(PlainAnswers::bucket).collect(Collectors.joining(" "));
    return "Count: "
        + fixed(histogram.get("count"))
        + ", Sum: "
        + fixed(histogram.get("sum"))
        + ", Buckets: ["
        + texts
        + "] @["
        + time(items.get(0))
        + "]";
  }

  private static String fixed(Json number) {
    return FloatText.fixed(parse(number.asString()), 6);
  }

  private static String bucket(Json bucket) {
    List<Json> items = bucket.asArray();
    long bounds = items.get(0).asLong();
    return (bounds == 1 || bounds == 3 ? "[" : "(")
        + FloatText.general(parse(items.get(1).asString()))
        + ","
        + FloatText.general(parse(items.get(2).asString()))
        + (bounds == 0 || bounds == 3 ? "]" : ")")
        + ":"
        + number(items.get(3));
  }

  private static double parse(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /// A value in digits alone; servers write large ones with an exponent.
  static String number(Json value) {
    return FloatText.plain(parse(value.asString()));
  }

  static String time(Json seconds) {
    return FloatText.plain(Math.round(seconds.asDouble() * 1000) / 1000.0);
  }

  /// `name{a="b", c="d"}`, the pairs in the order of their texts.
  static String metric(Json metric) {
    Map<String, Json> labels = metric.asObject().members();
    Json name = labels.get(Labels.NAME);
    String pairs =
        labels.entrySet().stream()
            .filter(e -> !e.getKey().equals(Labels.NAME))
            .map(e -> e.getKey() + "=" + GoQuote.quote(e.getValue().asString()))
            .sorted(Utf8Order::compare)
            .collect(Collectors.joining(", "));
    String text = name == null ? "" : name.asString();
    return pairs.isEmpty() && name != null ? text : text + "{" + pairs + "}";
  }

  /// `{__name__="up", a="b"}`, sorted by name.
  static String labelSet(Json metric) {
    Map<String, Json> labels = metric.asObject().members();
    return labels.keySet().stream()
        .sorted(Utf8Order::compare)
        .map(n -> n + "=" + GoQuote.quote(labels.getOrDefault(n, new Json.Str("")).asString()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  @Override
  public String series(Json list) {
    return list.asArray().stream().map(m -> labelSet(m) + "\n").collect(Collectors.joining());
  }

  @Override
  public String labelValues(Json list) {
    return list.asArray().stream().map(v -> v.asString() + "\n").collect(Collectors.joining());
  }
}
