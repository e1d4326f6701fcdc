package io.narthex.promql.parse;

import io.narthex.model.labels.Matcher;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Features;
import java.util.List;
import java.util.function.Supplier;

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
    return whole(
        tokens,
        () -> {
          if (tokens.type() == Tok.EOF) {
            throw tokens.fail(new Expr.Pos(0, 0), "no expression found in input");
          }
          Expr expr = new ExprParser(tokens, features).expression();
          if (tokens.type() != Tok.EOF) {
            tokens.failUnexpected();
          }
          TreeDepth.check(expr, tokens);
          return tokens.errors.isEmpty() ? new TypeChecker(tokens).check(expr) : expr;
        });
  }

  /// The matchers of a selector that stands alone, as in `match[]` of the API. Neither offset nor
  /// range may follow. Unlike in a query all matchers may match the empty value.
  ///
  /// @throws ParseException if it is no selector
  public static List<Matcher> parseSelector(String selector) {
    QueryText text = QueryText.of(selector);
    TokenStream tokens = new TokenStream(text, new Lexer(text)::next);
    SelectorParser parser = new SelectorParser(tokens);
    return whole(
        tokens,
        () -> {
          Expr.VectorSelector selected =
              tokens.type().isMetricName() ? parser.named(tokens.take()) : parser.unnamed();
          return selected.matchers();
        });
  }

  /// Runs `grammar`, which must take the whole text and find no mistake.
  static <T> T whole(TokenStream tokens, Supplier<T> grammar) {
    try {
      T result = grammar.get();
      if (tokens.type() != Tok.EOF) {
        tokens.failUnexpected();
      }
      if (tokens.errors.isEmpty()) {
        return result;
      }
    } catch (TokenStream.SyntaxEnd end) {
      if (tokens.errors.isEmpty()) {
        throw new IllegalStateException("BUG: parsing ended without a mistake", end);
      }
    }
    throw new ParseException(tokens.text, tokens.errors);
  }
}
