package io.narthex.promql.parse;

import io.narthex.model.labels.Matcher;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Features;
import java.util.List;

/// The door of the room: text in, checked syntax tree out.
public final class PromqlParser {

  private PromqlParser() {}

  /// The tree of a query, its types checked.
  ///
  /// @param features which parts of the language are on
  /// @throws ParseException if it is no query
  public static Expr parse(String query, Features features) {
    QueryText text = QueryText.of(query);
    TokenStream tokens = new TokenStream(text, new Lexer(text)::next);
    try {
      Expr expr = whole(tokens, features);
      TreeDepth.check(expr, tokens);
      if (tokens.errors.isEmpty()) {
        expr = new TypeChecker(tokens).check(expr);
      }
      if (tokens.errors.isEmpty()) {
        return expr;
      }
    } catch (TokenStream.SyntaxEnd end) {
      if (tokens.errors.isEmpty()) {
        throw new IllegalStateException("BUG: parsing ended without a mistake", end);
      }
    }
    throw new ParseException(text, tokens.errors);
  }

  private static Expr whole(TokenStream tokens, Features features) {
    if (tokens.type() == Tok.EOF) {
      throw tokens.fail(new Expr.Pos(0, 0), "no expression found in input");
    }
    Expr expr = new ExprParser(tokens, features).expression();
    if (tokens.type() != Tok.EOF) {
      tokens.failUnexpected();
    }
    return expr;
  }

  /// The matchers of a selector that stands alone, as in `match[]` of the API. Neither offset nor
  /// range may follow. Unlike in a query all matchers may match the empty value.
  ///
  /// @throws ParseException if it is no selector
  public static List<Matcher> parseSelector(String selector) {
    QueryText text = QueryText.of(selector);
    TokenStream tokens = new TokenStream(text, new Lexer(text)::next);
    try {
      SelectorParser parser = new SelectorParser(tokens);
      Expr.VectorSelector selected =
          tokens.type().isMetricName() ? parser.named(tokens.take()) : parser.unnamed();
      if (tokens.type() != Tok.EOF) {
        tokens.failUnexpected();
      }
      if (tokens.errors.isEmpty()) {
        return selected.matchers();
      }
    } catch (TokenStream.SyntaxEnd end) {
      if (tokens.errors.isEmpty()) {
        throw new IllegalStateException("BUG: parsing ended without a mistake", end);
      }
    }
    throw new ParseException(text, tokens.errors);
  }
}
