package io.narthex.promql.parse;

import io.narthex.promql.ast.AggregateOp;
import io.narthex.promql.ast.BinaryOp;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Expr.Aggregate;
import io.narthex.promql.ast.Expr.Binary;
import io.narthex.promql.ast.Expr.Call;
import io.narthex.promql.ast.Expr.NumberLiteral;
import io.narthex.promql.ast.Expr.Paren;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.ast.Expr.StringLiteral;
import io.narthex.promql.ast.Expr.Unary;
import io.narthex.promql.ast.Features;
import io.narthex.promql.ast.Function;
import io.narthex.promql.ast.Matching;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads expressions by operator precedence: an operand, then operators that bind tighter than what
/// stands to the left. Signs bind like `*`; modifiers bind tightest.
final class ExprParser {

  private static final int LOWEST = 0;

  private final TokenStream tokens;
  private final Features features;
  private final SelectorParser selectors;
  private final GroupingParser groupings;
  private final NumberParser numbers;
  private final ModifierParser modifiers;

  ExprParser(TokenStream tokens, Features features) {
    this.tokens = tokens;
    this.features = features;
    this.selectors = new SelectorParser(tokens);
    this.groupings = new GroupingParser(tokens);
    this.numbers = new NumberParser(tokens);
    this.modifiers = new ModifierParser(tokens, features);
  }

  /// An expression up to the first token that cannot belong to it.
  Expr expression() {
    return expression(LOWEST);
  }

  private Expr expression(int lowest) {
    tokens.enter();
    Expr left = operand();
    int links = 0;
    for (BinaryOp op = Operators.binary(tokens.type());
        op != null && op.precedence() > lowest;
        op = Operators.binary(tokens.type())) {
      Token token = tokens.take();
      if (++links > TokenStream.MAX_DEPTH) {
        throw tokens.fail(token.pos(), TokenStream.tooDeep(TokenStream.MAX_DEPTH));
      }
      GroupingParser.BinaryModifiers with = groupings.binaryModifiers(op);
      // A power binds to the right, the others to the left.
      Expr right = expression(op == BinaryOp.POW ? op.precedence() - 1 : op.precedence());
      left = binary(op, left, right, with);
    }
    tokens.leave();
    return left;
  }

  private Expr binary(BinaryOp op, Expr left, Expr right, GroupingParser.BinaryModifiers with) {
    Pos pos = new Pos(left.pos().start(), right.pos().end());
    Matching matching = with.matching();
    boolean fills = matching.fillLeft() != null || matching.fillRight() != null;
    if (fills && !features.binopFillModifiers()) {
      tokens.add(pos, "binop fill modifiers are experimental and not enabled");
    }
    return new Binary(op, left, right, with.returnBool(), matching, pos);
  }

  /// An operand with its signs and modifiers.
  private Expr operand() {
    Tok type = tokens.type();
    if (type != Tok.ADD && type != Tok.SUB) {
      return modifiers.modified(primary());
    }
    List<Token> signs = new ArrayList<>();
    while (tokens.type() == Tok.ADD || tokens.type() == Tok.SUB) {
      signs.add(tokens.take());
    }
    Expr operand = expression(BinaryOp.MUL.precedence());
    for (int i = signs.size() - 1; i >= 0; i--) {
      operand = signed(signs.get(i), operand);
    }
    return operand;
  }

  private static Expr signed(Token sign, Expr operand) {
    boolean minus = sign.type() == Tok.SUB;
    Pos pos = new Pos(sign.start(), operand.pos().end());
    return operand instanceof NumberLiteral number
        ? new NumberLiteral(minus ? -number.value() : number.value(), number.duration(), pos)
        : new Unary(minus, operand, pos);
  }

  private Expr primary() {
    Tok type = tokens.type();
    return switch (type) {
      case NUMBER, DURATION -> numbers.literal();
      case STRING -> {
        Token token = tokens.take();
        yield new StringLiteral(Literals.unquote(token.text()), token.pos());
      }
      case LEFT_PAREN -> parenthesised();
      case LEFT_BRACE -> selectors.unnamed();
      default -> {
        if (!type.isMetricName()) {
          tokens.failUnexpected();
        }
        yield named(tokens.take());
      }
    };
  }

  private Expr parenthesised() {
    Token open = tokens.take();
    Expr inner = expression();
    Token close = tokens.expect(Tok.RIGHT_PAREN);
    return new Paren(inner, new Pos(open.start(), close.end()));
  }

  /// What begins with a word: an aggregation or a call if the next token says so, else a selector.
  private Expr named(Token word) {
    Tok next = tokens.type();
    boolean called = next == Tok.LEFT_PAREN;
    if (word.type().group == Tok.Group.AGGREGATOR) {
      if (called || next == Tok.BY || next == Tok.WITHOUT) {
        return tokens.within("aggregation", "", () -> aggregate(word));
      }
    } else if (called
        && (word.type() == Tok.IDENTIFIER || word.type().group == Tok.Group.PREPROCESSOR)) {
      return call(word);
    }
    return selectors.named(word);
  }

  private Expr call(Token name) {
    List<Expr> args = arguments();
    Pos pos = new Pos(name.start(), tokens.lastClosing());
    Function function = Functions.find(name.text());
    if (function == null) {
      tokens.add(name.pos(), "unknown function with name " + Literals.quote(name.text()));
      return new NumberLiteral(0, false, pos);
    }
    if (function.experimental() && !features.experimentalFunctions()) {
      tokens.add(name.pos(), "function " + Literals.quote(name.text()) + " is not enabled");
    }
    return new Call(function, args, pos);
  }

  /// `(a, b)`, nothing read beyond.
  private List<Expr> arguments() {
    tokens.expect(Tok.LEFT_PAREN);
    List<Expr> args = new ArrayList<>();
    if (tokens.accept(Tok.RIGHT_PAREN)) {
      return args;
    }
    args.add(expression());
    while (tokens.type() == Tok.COMMA) {
      Token comma = tokens.take();
      if (tokens.type().startsExpression()) {
        args.add(expression());
      } else {
        tokens.add(comma.pos(), "trailing commas not allowed in function call args");
      }
    }
    tokens.expect(Tok.RIGHT_PAREN);
    return args;
  }

  private Expr aggregate(Token op) {
    Boolean without = grouping();
    List<String> labels = without == null ? List.of() : groupings.labels();
    List<Expr> args = arguments();
    int end = tokens.lastClosing();
    if (without == null) {
      without = grouping();
      if (without != null) {
        labels = groupings.labels();
        end = tokens.lastClosing();
      }
    }
    AggregateOp kind = Operators.aggregate(op.type());
    Pos pos = new Pos(op.start(), end);
    String mistake = mistake(kind, args.size());
    if (mistake != null) {
      tokens.add(pos, mistake);
      return new NumberLiteral(0, false, pos);
    }
    Expr param = kind.takesParam() ? args.getFirst() : null;
    return new Aggregate(kind, args.getLast(), param, without != null && without, labels, pos);
  }

  /// Takes `by` (false) or `without` (true) if one stands there, else gives null.
  private @Nullable Boolean grouping() {
    if (tokens.accept(Tok.BY)) {
      return false;
    }
    return tokens.accept(Tok.WITHOUT) ? true : null;
  }

  private @Nullable String mistake(AggregateOp op, int args) {
    if (args == 0) {
      return "no arguments for aggregate expression provided";
    }
    if (op.experimental() && !features.experimentalFunctions()) {
      return op.text()
          + "() is experimental and must be enabled with"
          + " --enable-feature=promql-experimental-functions";
    }
    int wanted = op.takesParam() ? 2 : 1;
    return args == wanted
        ? null
        : "wrong number of arguments for aggregate expression provided, expected "
            + wanted
            + ", got "
            + args;
  }
}
