package io.narthex.promql.ast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.promql.ast.Expr.Pos;
import io.narthex.testing.Cases;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/// What calculated durations come to.
class DurationValueTest {

  private static final Pos NOWHERE = new Pos(0, 0);

  @Test
  void valuesOfThePeer() {
    DurationValue values = new DurationValue(1000, 300_000);
    Cases.of("parse/duration_expr.json")
        .run(c -> {
          DurationExpr expr = expr(c.getJsonObject("expr"));
          if (c.getString("error") == null) {
            long ms =
                c.getBoolean("allowed_negative") ? values.offsetMs(expr) : values.positiveMs(expr);
            assertEquals(c.getLong("ms"), ms);
            return;
          }
          String message = mistake(() -> values.positiveMs(expr));
          assertTrue(message.contains(c.getString("error")), message);
        });
  }

  @Test
  void placesOfMistakes() {
    DurationExpr zero = new DurationExpr.Literal(0, false, new Pos(4, 9));
    DurationValue values = new DurationValue(0, 0);
    assertEquals("4:9: duration must be greater than 0", mistake(() -> values.positiveMs(zero)));
    DurationExpr nan = new DurationExpr.Literal(Double.NaN, false, new Pos(4, 7));
    assertEquals("4:7: duration is NaN or infinite", mistake(() -> values.offsetMs(nan)));
  }

  private static String mistake(Runnable action) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  private static DurationExpr expr(JsonObject json) {
    if (json.getDouble("seconds") != null) {
      return new DurationExpr.Literal(json.getDouble("seconds"), false, NOWHERE);
    }
    String op = json.getString("op");
    if (op.equals("STEP") || op.equals("RANGE")) {
      return new DurationExpr.Context(op.equals("RANGE"), false, NOWHERE);
    }
    JsonObject left = json.getJsonObject("lhs");
    return new DurationExpr.Operation(
        DurationExpr.Op.valueOf(op),
        left == null ? null : expr(left),
        expr(json.getJsonObject("rhs")),
        false,
        NOWHERE);
  }
}
