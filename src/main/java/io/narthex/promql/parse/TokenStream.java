package io.narthex.promql.parse;

import io.narthex.promql.ast.Expr.Pos;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The tokens of a query with one token of look-ahead, which is read only when it is asked for, and
/// the mistakes found so far. A mistake in the meaning is noted and parsing goes on; one in the
/// syntax ends it.
final class TokenStream {

  /// How deep parentheses, calls and aggregations may nest: each level costs stack here and in
  /// every walk over the tree.
  static final int MAX_NESTING = 200;

  /// How deep trees may be: long chains of operators are as deep as they are long, though they are
  /// read without recursion.
  static final int MAX_DEPTH = 1000;

  /// Ends parsing; the mistakes are in the stream.
  static final class SyntaxEnd extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SyntaxEnd() {
      super(null, null, false, false);
    }
  }

  /// Where tokens come from.
  interface Source {
    Token next();
  }

  final QueryText text;
  final List<ParseError> errors = new ArrayList<>();
  private final Source source;
  private @Nullable Token ahead;
  private int lastClosing;
  private int depth;

  /// The part of the grammar whose mistakes are named so, and what it expects; may be empty.
  private String context = "";

  private String expected = "";

  TokenStream(QueryText text, Source source) {
    this.text = text;
    this.source = source;
  }

  /// The next token, which stays.
  Token peek() {
    Token token = ahead;
    if (token == null) {
      token = read();
      ahead = token;
    }
    return token;
  }

  Tok type() {
    return peek().type();
  }

  /// The next token, taken.
  Token take() {
    Token token = peek();
    ahead = null;
    return token;
  }

  /// Takes the next token if it is a `type`.
  boolean accept(Tok type) {
    if (type() == type) {
      ahead = null;
      return true;
    }
    return false;
  }

  /// Takes the next token, which must be a `type`.
  Token expect(Tok type) {
    return type() == type ? take() : failUnexpected();
  }

  private Token read() {
    Token token = source.next();
    while (token.type() == Tok.COMMENT) {
      token = source.next();
    }
    switch (token.type()) {
      case ERROR -> add(token.pos(), token.text());
      case RIGHT_BRACE, RIGHT_PAREN, RIGHT_BRACKET, DURATION, NUMBER -> lastClosing = token.end();
      default -> {}
    }
    return token;
  }

  /// The end of the last token read that may end an expression.
  int lastClosing() {
    return lastClosing;
  }

  /// Notes a mistake.
  void add(Pos pos, String message) {
    errors.add(new ParseError(pos.start(), pos.end(), message));
  }

  /// Notes a mistake and ends parsing.
  SyntaxEnd fail(Pos pos, String message) {
    add(pos, message);
    throw new SyntaxEnd();
  }

  /// Ends parsing at the next token, in words of the part of the grammar that is being read.
  Token failUnexpected() {
    Token token = peek();
    if (token.type() != Tok.ERROR) {
      String where = context.isEmpty() ? "" : " in " + context;
      String what = expected.isEmpty() ? "" : ", expected " + expected;
      add(token.pos(), "unexpected " + token.describe() + where + what);
    }
    throw new SyntaxEnd();
  }

  /// Names the part of the grammar for mistakes from here on.
  void expecting(String newContext, String newExpected) {
    context = newContext;
    expected = newExpected;
  }

  /// Runs `part` and names the part of the grammar afterwards as before.
  <T> T within(String newContext, String newExpected, Supplier<T> part) {
    String outerContext = context;
    String outerExpected = expected;
    expecting(newContext, newExpected);
    T result = part.get();
    expecting(outerContext, outerExpected);
    return result;
  }

  /// Goes one level deeper; `leave` must follow.
  void enter() {
    depth++;
    if (depth > MAX_NESTING) {
      fail(peek().pos(), tooDeep(MAX_NESTING));
    }
  }

  void leave() {
    depth--;
  }

  static String tooDeep(int levels) {
    return "expression is nested more than " + levels + " levels deep";
  }
}
