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
}
