package io.narthex.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Features;
import io.narthex.promql.parse.PromqlParser;
import io.narthex.testing.Cases;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What `/api/v1/parse_query` shows.
class AstJsonTest {

  private static String json(String query) {
    Expr expr = PromqlParser.parse(query, Features.ALL);
    return new String(JsonOut.bytes(out -> AstJson.write(expr, out)), StandardCharsets.UTF_8);
  }

  @Test
  void treesOfThePeer() {
    Cases.of("parse/promql_expr.json")
        .run(c -> {
          if (c.getBoolean("ok")) {
            JsonObject got = new JsonObject(json(Cases.text(c, "query")));
            assertEquals(c.getJsonObject("ast"), got);
          }
        });
  }

  @Test
  void keysAreInOrder() {
    assertEquals(
        "{\"bool\":false,\"lhs\":{\"type\":\"numberLiteral\",\"val\":\"1\"},\"matching\":null,"
            + "\"op\":\"+\",\"rhs\":{\"type\":\"numberLiteral\",\"val\":\"2\"},"
            + "\"type\":\"binaryExpr\"}",
        json("1 + 2"));
  }

  @Test
  void positionsAreThoseOfWholeExpressions() {
    Cases.of("parse/promql_expr.json")
        .run(c -> {
          if (c.getBoolean("ok")) {
            String query = Cases.text(c, "query");
            Expr expr = PromqlParser.parse(query, Features.ALL);
            String json =
                new String(
                    JsonOut.bytes(out -> AstJson.writeWithPositions(expr, out)),
                    StandardCharsets.UTF_8);
            assertSlices(new JsonObject(json), query.getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /// Each node's slice of the query is that node again when it is parsed alone.
  private static void assertSlices(JsonObject node, byte[] query) {
    JsonObject position = node.getJsonObject("position");
    int start = position.getInteger("start");
    String text =
        new String(query, start, position.getInteger("end") - start, StandardCharsets.UTF_8);
    assertEquals(withoutPositions(node), new JsonObject(json(text)), text);
    for (String key : node.fieldNames()) {
      if (node.getValue(key) instanceof JsonObject object && object.containsKey("position")) {
        assertSlices(object, query);
      }
    }
    if (node.getJsonArray("args") != null) {
      node.getJsonArray("args").forEach(arg -> assertSlices((JsonObject) arg, query));
    }
  }

  private static JsonObject withoutPositions(JsonObject node) {
    return new JsonObject(node.encode().replaceAll("\"position\":\\{[^}]*},?", ""));
  }
}
