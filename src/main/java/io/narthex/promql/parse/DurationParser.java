package io.narthex.promql.parse;

import io.narthex.promql.ast.DurationExpr;
import io.narthex.promql.ast.DurationExpr.Context;
import io.narthex.promql.ast.DurationExpr.Literal;
import io.narthex.promql.ast.DurationExpr.Op;
import io.narthex.promql.ast.DurationExpr.Operation;
import io.narthex.promql.ast.Expr.NumberLiteral;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.ast.Expr.Span;
import org.jspecify.annotations.Nullable;

/// Reads durations that may be calculated: ranges, steps and offsets.
final class DurationParser {

  /// What a mistake is replaced with, so that parsing can go on.
  private static final Literal MISTAKE = new Literal(0, false, new Pos(0, 0));

  private static final double MAX_SECONDS = 0x1p63 / 1e9;
  private static final int LOWEST = 0;
  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int POWER = 3;

  private final TokenStream tokens;
  private final NumberParser numbers;

  /// How many operators all durations of the query have: a bound of how deep they are.
  private int operators;

  DurationParser(TokenStream tokens) {
    this.tokens = tokens;
    this.numbers = new NumberParser(tokens);
  }

  /// A range or a step: more than 0.
  Span positive() {
    DurationExpr expr = expression(LOWEST);
    if (expr instanceof Literal literal && literal.seconds() <= 0) {
      tokens.add(literal.pos(), "duration must be greater than 0");
    }
    return span(expr);
  }

  /// An offset. Without parentheses it ends behind one number or call: what follows belongs to the
  /// expression around it.
  Span offset() {
    if (numbers.stands()) {
      return span(number());
    }
    if (startsCall(tokens.type())) {
      return span(call());
    }
    if (tokens.type() != Tok.ADD && tokens.type() != Tok.SUB) {
      return span(expression(LOWEST));
    }
    Token sign = tokens.take();
    if (numbers.stands()) {
      return span(signed(sign, literal(numbers.literal())));
    }
    if (startsCall(tokens.type())) {
      boolean minus = sign.type() == Tok.SUB;
      return span(unary(minus ? Op.SUB : Op.ADD, sign, call()));
    }
    if (tokens.type() == Tok.LEFT_PAREN) {
      return span(signed(sign, parenthesised()));
    }
    return span(rest(signed(sign, expression(PRODUCT)), LOWEST));
  }

  private static Span span(DurationExpr expr) {
    return expr instanceof Literal literal
        ? new Span(toMs(literal.seconds()), null)
        : new Span(0, expr);
  }

  /// Whole nanoseconds, then whole milliseconds: so does the reference.
  static long toMs(double seconds) {
    double nanos = seconds * 1e9;
    return (long) (nanos < 0 ? -Math.floor(0.5 - nanos) : Math.floor(nanos + 0.5)) / 1_000_000;
  }

  /// Operators that bind tighter than `lowest`.
  private DurationExpr expression(int lowest) {
    tokens.enter();
    DurationExpr expr = rest(operand(), lowest);
    tokens.leave();
    return expr;
  }

  private DurationExpr rest(DurationExpr first, int lowest) {
    DurationExpr left = first;
    for (Op op = binary(tokens.type());
        op != null && precedence(op) > lowest;
        op = binary(tokens.type())) {
      Token token = tokens.take();
      if (++operators > TokenStream.MAX_DEPTH) {
        throw tokens.fail(token.pos(), TokenStream.tooDeep(TokenStream.MAX_DEPTH));
      }
      // A power binds to the right, the others to the left.
      DurationExpr right = expression(op == Op.POW ? PRODUCT : precedence(op));
      left = operation(op, token, left, right);
    }
    return left;
  }

  private DurationExpr operation(Op op, Token token, DurationExpr left, DurationExpr right) {
    boolean zero = right instanceof Literal literal && literal.seconds() == 0;
    if (zero && (op == Op.DIV || op == Op.MOD)) {
      tokens.add(token.pos(), (op == Op.DIV ? "division" : "modulo") + " by zero");
      return MISTAKE;
    }
    Pos pos = new Pos(left.pos().start(), right.pos().end());
    return new Operation(op, left, right, false, pos);
  }

  private DurationExpr operand() {
    Tok type = tokens.type();
    if (numbers.stands()) {
      return number();
    }
    if (startsCall(type)) {
      return call();
    }
    if (type == Tok.LEFT_PAREN) {
      return parenthesised();
    }
    if (type != Tok.ADD && type != Tok.SUB) {
      tokens.failUnexpected();
    }
    return signed(tokens.take(), expression(PRODUCT));
  }

  private DurationExpr parenthesised() {
    Token open = tokens.expect(Tok.LEFT_PAREN);
    DurationExpr inner = expression(LOWEST);
    tokens.expect(Tok.RIGHT_PAREN);
    return switch (inner) {
      case Literal literal ->
          new Operation(Op.ADD, null, literal, true, new Pos(open.start(), literal.pos().end()));
      case Context context -> new Context(context.range(), true, context.pos());
      case Operation o -> new Operation(o.op(), o.left(), o.right(), true, o.pos());
    };
  }

  private DurationExpr signed(Token sign, DurationExpr expr) {
    boolean minus = sign.type() == Tok.SUB;
    if (!(expr instanceof Literal literal)) {
      return minus ? unary(Op.SUB, sign, expr) : expr;
    }
    double seconds = minus ? -literal.seconds() : literal.seconds();
    if (Math.abs(seconds) > MAX_SECONDS) {
      tokens.add(sign.pos(), "duration out of range");
      return MISTAKE;
    }
    return new Literal(seconds, literal.duration(), new Pos(sign.start(), literal.pos().end()));
  }

  private static DurationExpr unary(Op op, Token sign, DurationExpr expr) {
    return new Operation(op, null, expr, false, new Pos(sign.start(), expr.pos().end()));
  }

  private DurationExpr number() {
    Literal literal = literal(numbers.literal());
    if (Math.abs(literal.seconds()) > MAX_SECONDS) {
      tokens.add(literal.pos(), "duration out of range");
      return MISTAKE;
    }
    return literal;
  }

  private static Literal literal(NumberLiteral number) {
    return new Literal(number.value(), number.duration(), number.pos());
  }

  private static boolean startsCall(Tok type) {
    return switch (type) {
      case STEP, RANGE, MIN_OF, MAX_OF -> true;
      default -> false;
    };
  }

  private DurationExpr call() {
    Token name = tokens.take();
    tokens.expect(Tok.LEFT_PAREN);
    if (name.type() == Tok.STEP || name.type() == Tok.RANGE) {
      Token close = tokens.expect(Tok.RIGHT_PAREN);
      return new Context(name.type() == Tok.RANGE, false, new Pos(name.start(), close.end()));
    }
    DurationExpr left = expression(LOWEST);
    tokens.expect(Tok.COMMA);
    DurationExpr right = expression(LOWEST);
    tokens.expect(Tok.RIGHT_PAREN);
    // The reference places operations by their operands.
    Pos pos = new Pos(left.pos().start(), right.pos().end());
    Op op = name.type() == Tok.MIN_OF ? Op.MIN_OF : Op.MAX_OF;
    return new Operation(op, left, right, false, pos);
  }

  private static @Nullable Op binary(Tok type) {
    return switch (type) {
      case ADD -> Op.ADD;
      case SUB -> Op.SUB;
      case MUL -> Op.MUL;
      case DIV -> Op.DIV;
      case MOD -> Op.MOD;
      case POW -> Op.POW;
      default -> null;
    };
  }

  private static int precedence(Op op) {
    return switch (op) {
      case ADD, SUB -> SUM;
      case MUL, DIV, MOD -> PRODUCT;
      case POW -> POWER;
      case MIN_OF, MAX_OF -> LOWEST;
    };
  }
}
