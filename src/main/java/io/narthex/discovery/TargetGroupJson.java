package io.narthex.discovery;

import io.narthex.io.json.Json;
import io.narthex.io.json.JsonException;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelNames;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/// Lists of target groups in JSON, as files and servers give them. Wording of errors: Go's
/// `encoding/json`.
public final class TargetGroupJson {

  private TargetGroupJson() {}

  /// The groups of a list.
  ///
  /// @param source names a group by its index
  /// @param extraName name of a label that the mechanism adds
  /// @throws IllegalArgumentException if `text` is no such list
  public static List<TargetGroup> parse(
      String text, IntFunction<String> source, String extraName, String extraValue) {
    try {
      Json document = Json.parse(text);
      if (document instanceof Json.Null) {
        return List.of();
      }
      if (!(document instanceof Json.Arr list)) {
        throw wrong(document, "value", "[]*targetgroup.Group");
      }
      List<TargetGroup> groups = new ArrayList<>(list.items().size());
      for (Json item : list.items()) {
        groups.add(group(item, source.apply(groups.size()), extraName, extraValue));
      }
      return groups;
    } catch (JsonException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static TargetGroup group(Json item, String source, String name, String value) {
    if (item instanceof Json.Null) {
      throw new IllegalArgumentException("nil target group item found");
    }
    if (!(item instanceof Json.Obj object)) {
      throw wrong(item, "value", "targetgroup.Group");
    }
    List<Labels> targets = new ArrayList<>();
    LabelsBuilder labels = new LabelsBuilder();
    for (Map.Entry<String, Json> member : object.members().entrySet()) {
      switch (member.getKey().toLowerCase(Locale.ROOT)) {
        case "targets" -> targets(member.getValue(), targets);
        case "labels" -> labels(member.getValue(), labels);
        default ->
            throw new IllegalArgumentException(
                "json: unknown field " + GoQuote.quote(member.getKey()));
      }
    }
    return new TargetGroup(source, targets, labels.set(name, value).build());
  }

  private static void targets(Json value, List<Labels> targets) {
    if (value instanceof Json.Null) {
      return;
    }
    if (!(value instanceof Json.Arr list)) {
      throw wrong(value, "Go struct field .targets", "[]string");
    }
    for (Json item : list.items()) {
      if (!(item instanceof Json.Str address)) {
        throw wrong(item, "Go struct field .targets", "string");
      }
      targets.add(new LabelsBuilder().add("__address__", address.value()).build());
    }
  }

  private static void labels(Json value, LabelsBuilder labels) {
    if (value instanceof Json.Null) {
      return;
    }
    if (!(value instanceof Json.Obj object)) {
      throw wrong(value, "Go struct field .labels", "model.LabelSet");
    }
    object
        .members()
        .forEach((name, label) -> {
          if (!LabelNames.isUtf8(name)) {
            throw new IllegalArgumentException(GoQuote.quote(name) + " is not a valid label name");
          }
          if (!(label instanceof Json.Str text)) {
            throw wrong(label, "Go struct field .labels", "model.LabelValue");
          }
          labels.set(name, text.value());
        });
  }

  private static IllegalArgumentException wrong(Json found, String where, String wanted) {
    String kind =
        switch (found) {
          case Json.Obj object -> "object";
          case Json.Arr array -> "array";
          case Json.Str string -> "string";
          case Json.Num number -> "number";
          case Json.Bool bool -> "bool";
          case Json.Null nothing -> "null";
        };
    String into = where.equals("value") ? "Go value" : where;
    return new IllegalArgumentException(
        "json: cannot unmarshal " + kind + " into " + into + " of type " + wanted);
  }
}
