package io.narthex.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A request that was once sent to the real program, with its answer. It is sent again to a server
/// under test and both answers are compared: status, recorded headers, text or JSON.
///
/// @param recorded with `request` and `response`; `ignore` names parts of the answer of which only
///   the keys are compared
/// @param uncompared names of fields that are left out wherever they stand
public record RecordedExchange(JsonObject recorded, Set<String> uncompared) {

  private static final String EVERYTHING = "json.data values (compare the keys)";

  /// Sends the request on `to` and compares what comes back.
  public void check(RequestSpecification to) {
    JsonObject expected = recorded.getJsonObject("response");
    Response found = send(to, recorded.getJsonObject("request"));
    assertEquals(
        expected.getInteger("status"), found.statusCode(), () -> "status, " + found.asString());
    for (Map.Entry<String, Object> header : expected.getJsonObject("headers", new JsonObject())) {
      assertEquals(header.getValue(), found.header(header.getKey()), header.getKey());
    }
    if (expected.containsKey("text")) {
      assertEquals(expected.getString("text"), found.asString());
    }
    if (expected.containsKey("json")) {
      JsonObject wanted = expected.getJsonObject("json");
      JsonObject got = new JsonObject(found.asString());
      forgetTimes(wanted, got);
      assertSame(shown(wanted), shown(got));
    }
  }

  /// Fails with what lies around the first difference.
  private static void assertSame(String wanted, String got) {
    int at = 0;
    while (at < Math.min(wanted.length(), got.length()) && wanted.charAt(at) == got.charAt(at)) {
      at++;
    }
    if (at < Math.max(wanted.length(), got.length())) {
      throw new AssertionError(
          "expected ..." + around(wanted, at) + "\n        found ..." + around(got, at));
    }
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 160));
  }

  /// Points whose recorded time is 0 lie at the time of the request.
  private static void forgetTimes(JsonObject wanted, JsonObject got) {
    if (points(wanted).stream().allMatch(p -> p.getValue(0).equals(0))) {
      points(got).forEach(p -> p.set(0, 0));
    }
  }

  private static List<JsonArray> points(JsonObject answer) {
    List<JsonArray> points = new ArrayList<>();
    if (answer.getValue("data") instanceof JsonObject data
        && data.getValue("result") instanceof JsonArray result) {
      for (Object element : result) {
        if (element instanceof JsonObject series && series.containsKey("value")) {
          points.add(series.getJsonArray("value"));
        }
      }
    }
    return points;
  }

  private static Response send(RequestSpecification to, JsonObject request) {
    for (Map.Entry<String, Object> header : request.getJsonObject("headers", new JsonObject())) {
      to.header(header.getKey(), header.getValue());
    }
    if (request.containsKey("body")) {
      to.body(request.getString("body"));
    }
    String path = request.getString("path").replace("[", "%5B").replace("]", "%5D");
    return to.request(request.getString("method"), path);
  }

  /// The answer in an order of its own, numbers as they were written, without what differs from run
  /// to run.
  private String shown(JsonObject answer) {
    for (Object ignored : recorded.getJsonArray("ignore", new JsonArray())) {
      if (ignored.equals(EVERYTHING)) {
        answer.put("data", keys(answer.getValue("data")));
      } else {
        blank(answer, List.of(((String) ignored).split("\\.")));
      }
    }
    return encode(answer, !recorded.getString("name").contains("sort"));
  }

  private static void blank(JsonObject object, List<String> path) {
    JsonObject parent = object;
    for (String name : path.subList(1, path.size() - 1)) {
      parent = parent.getJsonObject(name, new JsonObject());
    }
    if (parent.containsKey(path.getLast())) {
      parent.put(path.getLast(), keys(parent.getValue(path.getLast())));
    }
  }

  private static Object keys(Object value) {
    if (!(value instanceof JsonObject object)) {
      return "any";
    }
    JsonObject names = new JsonObject();
    object.fieldNames().forEach(name -> names.put(name, "any"));
    return names;
  }

  /// A list of the ten greatest without its last value: of those with the same number the reference
  /// takes any.
  private static JsonArray withoutTies(JsonArray array) {
    if (array.size() != 10
        || !(array.getValue(9) instanceof JsonObject last)
        || !last.fieldNames().equals(Set.of("name", "value"))) {
      return array;
    }
    JsonArray kept = new JsonArray();
    array.stream()
        .filter(e -> !((JsonObject) e).getValue("value").equals(last.getValue("value")))
        .forEach(kept::add);
    return kept;
  }

  /// One line a value, objects by key; lists of objects in any order if `anyOrder`.
  private String encode(Object value, boolean anyOrder) {
    if (value instanceof JsonObject object) {
      Map<String, String> fields = new TreeMap<>();
      object.stream()
          .filter(e -> !uncompared.contains(e.getKey()))
          .forEach(e -> fields.put(e.getKey(), encode(e.getValue(), anyOrder)));
      return fields.toString();
    }
    if (value instanceof JsonArray array) {
      List<String> elements = new ArrayList<>();
      withoutTies(array).forEach(e -> elements.add(encode(e, anyOrder)));
      if (anyOrder && !array.isEmpty() && array.getValue(0) instanceof JsonObject) {
        elements.sort(Comparator.naturalOrder());
      }
      return "[" + String.join(", ", elements) + "]";
    }
    return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
  }
}
