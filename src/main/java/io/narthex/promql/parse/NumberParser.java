package io.narthex.promql.parse;

import io.narthex.clock.Durations;
import io.narthex.promql.ast.Expr.NumberLiteral;

/// Reads numbers and durations; a duration is a number of seconds.
final class NumberParser {

  private final TokenStream tokens;

  NumberParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /// Whether a number or duration stands next.
  boolean stands() {
    return tokens.type() == Tok.NUMBER || tokens.type() == Tok.DURATION;
  }

  /// A number or duration without sign. One that has no value is noted and counts as 0.
  NumberLiteral literal() {
    if (!stands()) {
      tokens.failUnexpected();
    }
    Token token = tokens.take();
    boolean duration = token.type() == Tok.DURATION;
    double value = 0;
    try {
      value = duration ? Durations.parseMs(token.text()) / 1000.0 : Literals.number(token.text());
    } catch (IllegalArgumentException e) {
      tokens.add(token.pos(), (duration ? "" : "error parsing number: ") + e.getMessage());
    }
    return new NumberLiteral(value, duration, token.pos());
  }

  /// A number or duration that may have a sign.
  double signed() {
    Tok sign = tokens.type();
    if (sign == Tok.ADD || sign == Tok.SUB) {
      tokens.take();
    }
    double value = literal().value();
    return sign == Tok.SUB ? -value : value;
  }
}
