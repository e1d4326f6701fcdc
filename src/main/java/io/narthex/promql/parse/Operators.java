package io.narthex.promql.parse;

import io.narthex.promql.ast.AggregateOp;
import io.narthex.promql.ast.BinaryOp;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which tokens are operators of the tree.
final class Operators {

  private static final Map<Tok, BinaryOp> BINARY = new EnumMap<>(Tok.class);
  private static final Map<Tok, AggregateOp> AGGREGATE = new EnumMap<>(Tok.class);

  static {
    for (Tok tok : Tok.values()) {
      for (BinaryOp op : BinaryOp.values()) {
        if (tok.group == Tok.Group.OPERATOR && op.text().equals(tok.text)) {
          BINARY.put(tok, op);
        }
      }
      for (AggregateOp op : AggregateOp.values()) {
        if (tok.group == Tok.Group.AGGREGATOR && op.text().equals(tok.text)) {
          AGGREGATE.put(tok, op);
        }
      }
    }
  }

  private Operators() {}

  /// The binary operator that `type` is, or null.
  static @Nullable BinaryOp binary(Tok type) {
    return BINARY.get(type);
  }

  /// The aggregation operator that `type` is.
  static AggregateOp aggregate(Tok type) {
    AggregateOp op = AGGREGATE.get(type);
    if (op == null) {
      throw new IllegalStateException("BUG: no aggregation operator: " + type);
    }
    return op;
  }
}
