package io.narthex.promql.parse;

import io.narthex.model.sample.FloatText;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Expr.At;
import io.narthex.promql.ast.Expr.MatrixSelector;
import io.narthex.promql.ast.Expr.Modifiers;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.ast.Expr.Span;
import io.narthex.promql.ast.Expr.Subquery;
import io.narthex.promql.ast.Expr.VectorSelector;
import io.narthex.promql.ast.Features;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what may stand behind an expression: ranges, subqueries, `offset`, `@`, `anchored` and
/// `smoothed`.
final class ModifierParser {

  private static final String NEEDS_SELECTOR =
      " modifier must be preceded by an instant vector selector or range vector selector or a"
          + " subquery";

  private final TokenStream tokens;
  private final Features features;
  private final DurationParser durations;

  /// A range over what is no selector: a mistake that has been noted.
  private @Nullable Expr misplacedRange;

  ModifierParser(TokenStream tokens, Features features) {
    this.tokens = tokens;
    this.features = features;
    this.durations = new DurationParser(tokens);
  }

  /// `expr` with all modifiers that follow it.
  Expr modified(Expr expr) {
    Expr result = expr;
    int links = 0;
    while (true) {
      Tok type = tokens.type();
      switch (type) {
        case LEFT_BRACKET -> result = bracket(result);
        case OFFSET -> result = offset(result);
        case AT -> result = at(result);
        case ANCHORED, SMOOTHED -> result = extended(result, tokens.take().type());
        default -> {
          return result;
        }
      }
      if (++links > TokenStream.MAX_DEPTH) {
        throw tokens.fail(result.pos(), TokenStream.tooDeep(TokenStream.MAX_DEPTH));
      }
    }
  }

  private Expr bracket(Expr inner) {
    Token open = tokens.take();
    return tokens.within(
        "subquery or range selector",
        "number, duration, step(), or range()",
        () -> {
          Span range = durations.positive();
          tokens.expecting("subquery or range", "\":\" or \"]\"");
          if (tokens.accept(Tok.COLON)) {
            return subquery(inner, range);
          }
          return matrix(inner, range, open, tokens.expect(Tok.RIGHT_BRACKET));
        });
  }

  private Expr subquery(Expr inner, Span range) {
    tokens.expecting("subquery selector", "number, duration, step(), range(), or \"]\"");
    Span step = null;
    if (tokens.type() != Tok.RIGHT_BRACKET) {
      step = durations.positive();
      tokens.expecting("subquery selector", "\"]\"");
    }
    Token close = tokens.expect(Tok.RIGHT_BRACKET);
    Pos pos = new Pos(inner.pos().start(), close.end());
    return new Subquery(inner, range, step, Modifiers.NONE, pos);
  }

  private Expr matrix(Expr inner, Span range, Token open, Token close) {
    Pos pos = new Pos(inner.pos().start(), close.end());
    String mistake = null;
    if (!(inner instanceof VectorSelector selector)) {
      mistake = "ranges only allowed for vector selectors";
    } else if (!selector.modifiers().offset().equals(Span.ZERO)) {
      mistake = "no offset modifiers allowed before range";
    } else if (selector.modifiers().timestampMs() != null || selector.modifiers().at() != At.NONE) {
      mistake = "no @ modifiers allowed before range";
    } else {
      return new MatrixSelector(selector, range, pos);
    }
    tokens.add(new Pos(open.start(), close.end()), mistake);
    if (inner instanceof VectorSelector selector) {
      return new MatrixSelector(selector, range, pos);
    }
    VectorSelector nothing = new VectorSelector("", List.of(), Modifiers.NONE, inner.pos());
    misplacedRange = new MatrixSelector(nothing, range, pos);
    return misplacedRange;
  }

  private Expr offset(Expr expr) {
    tokens.take();
    Span offset =
        tokens.within("offset", "number, duration, step(), or range()", durations::offset);
    Modifiers old = modifiers(expr, "offset");
    if (old == null) {
      return expr;
    }
    if (!old.offset().equals(Span.ZERO)) {
      tokens.add(expr.pos(), "offset may not be set multiple times");
      return expr;
    }
    return with(
        expr, new Modifiers(offset, old.timestampMs(), old.at(), old.anchored(), old.smoothed()));
  }

  private Expr at(Expr expr) {
    tokens.take();
    return tokens.within(
        "@",
        "timestamp",
        () -> {
          Tok type = tokens.type();
          if (type != Tok.START && type != Tok.END) {
            return atTime(expr, new NumberParser(tokens).signed());
          }
          tokens.take();
          tokens.expect(Tok.LEFT_PAREN);
          tokens.expect(Tok.RIGHT_PAREN);
          return withAt(expr, null, type == Tok.START ? At.START : At.END);
        });
  }

  private Expr atTime(Expr expr, double seconds) {
    // NaN and the infinities fail this too.
    if (!(Math.abs(seconds) < 0x1p63)) {
      tokens.add(
          expr.pos(), "timestamp out of bounds for @ modifier: " + FloatText.fixed(seconds, 6));
    }
    double ms = seconds * 1000;
    return withAt(expr, (long) (ms < 0 ? -Math.floor(0.5 - ms) : Math.floor(ms + 0.5)), At.NONE);
  }

  private Expr withAt(Expr expr, @Nullable Long timestampMs, At at) {
    Modifiers old = modifiers(expr, "@");
    if (old == null) {
      return expr;
    }
    if (old.timestampMs() != null || old.at() != At.NONE) {
      tokens.add(expr.pos(), "@ <timestamp> may not be set multiple times");
      return expr;
    }
    return with(expr, new Modifiers(old.offset(), timestampMs, at, old.anchored(), old.smoothed()));
  }

  private Expr extended(Expr expr, Tok type) {
    String name = type.text;
    if (!features.extendedRangeSelectors()) {
      tokens.add(expr.pos(), name + " modifier is experimental and not enabled");
      return expr;
    }
    if (expr == misplacedRange) {
      return expr;
    }
    if (expr instanceof Subquery) {
      tokens.add(expr.pos(), name + " modifier is not supported for subqueries");
      return expr;
    }
    if (!(expr instanceof VectorSelector || expr instanceof MatrixSelector)) {
      tokens.add(expr.pos(), name + " modifier not implemented");
      return expr;
    }
    Modifiers old = selectorModifiers(expr);
    boolean anchored = type == Tok.ANCHORED || old.anchored();
    boolean smoothed = type == Tok.SMOOTHED || old.smoothed();
    if (anchored && smoothed) {
      tokens.add(expr.pos(), "anchored and smoothed modifiers cannot be used together");
    }
    Modifiers modifiers =
        new Modifiers(old.offset(), old.timestampMs(), old.at(), anchored, smoothed);
    // Unlike the others these words do not belong to the place of the selector.
    return with(expr, modifiers, expr.pos().end());
  }

  /// The modifiers that `expr` has, or null, noted, if it can have none.
  private @Nullable Modifiers modifiers(Expr expr, String wanted) {
    if (expr == misplacedRange) {
      tokens.add(expr.pos(), "ranges only allowed for vector selectors");
      return null;
    }
    return switch (expr) {
      case VectorSelector _, MatrixSelector _ -> selectorModifiers(expr);
      case Subquery subquery -> subquery.modifiers();
      default -> {
        tokens.add(expr.pos(), wanted + NEEDS_SELECTOR);
        yield null;
      }
    };
  }

  private static Modifiers selectorModifiers(Expr expr) {
    return switch (expr) {
      case VectorSelector selector -> selector.modifiers();
      case MatrixSelector matrix -> matrix.selector().modifiers();
      default -> throw new IllegalStateException("BUG: no selector: " + expr);
    };
  }

  private Expr with(Expr expr, Modifiers modifiers) {
    return with(expr, modifiers, tokens.lastClosing());
  }

  private static Expr with(Expr expr, Modifiers modifiers, int end) {
    Pos pos = new Pos(expr.pos().start(), end);
    return switch (expr) {
      case VectorSelector s -> new VectorSelector(s.name(), s.matchers(), modifiers, pos);
      case MatrixSelector m -> {
        VectorSelector s = m.selector();
        yield new MatrixSelector(
            new VectorSelector(s.name(), s.matchers(), modifiers, s.pos()), m.range(), pos);
      }
      case Subquery s -> new Subquery(s.inner(), s.range(), s.step(), modifiers, pos);
      default -> throw new IllegalStateException("BUG: takes no modifiers: " + expr);
    };
  }
}
