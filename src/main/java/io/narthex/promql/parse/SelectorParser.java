package io.narthex.promql.parse;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.ast.Expr.Modifiers;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.ast.Expr.VectorSelector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads instant selectors without modifiers: `name`, `name{matchers}`, `{"name", matchers}`.
final class SelectorParser {

  private static final String IN = "label matching";

  private final TokenStream tokens;

  SelectorParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /// A selector whose metric name has been taken.
  VectorSelector named(Token name) {
    List<Matcher> matchers = new ArrayList<>();
    int end = name.end();
    if (tokens.type() == Tok.LEFT_BRACE) {
      end = braces(matchers).end();
    }
    matchers.add(Matcher.equal(Labels.NAME, name.text()));
    return new VectorSelector(
        name.text(), List.copyOf(matchers), Modifiers.NONE, new Pos(name.start(), end));
  }

  /// A selector that begins with a brace.
  VectorSelector unnamed() {
    List<Matcher> matchers = new ArrayList<>();
    Pos pos = braces(matchers);
    return new VectorSelector("", List.copyOf(matchers), Modifiers.NONE, pos);
  }

  private Pos braces(List<Matcher> out) {
    Token open = tokens.expect(Tok.LEFT_BRACE);
    Token close =
        tokens.within(
            IN,
            "identifier or \"}\"",
            () -> {
              list(out);
              return tokens.expect(Tok.RIGHT_BRACE);
            });
    return new Pos(open.start(), close.end());
  }

  private void list(List<Matcher> out) {
    if (tokens.type() == Tok.RIGHT_BRACE) {
      return;
    }
    do {
      tokens.expecting(IN, "identifier or \"}\"");
      Matcher matcher = matcher();
      if (matcher != null) {
        out.add(matcher);
      }
      tokens.expecting(IN, "\",\" or \"}\"");
    } while (tokens.accept(Tok.COMMA) && tokens.type() != Tok.RIGHT_BRACE);
  }

  private @Nullable Matcher matcher() {
    Token name = tokens.peek();
    if (name.type() == Tok.STRING) {
      tokens.take();
      String label = Literals.unquote(name.text());
      tokens.expecting(IN, "\",\" or \"}\"");
      MatchType type = matchType(tokens.type());
      return type == null ? Matcher.equal(Labels.NAME, label) : matcher(name, label);
    }
    tokens.expect(Tok.IDENTIFIER);
    tokens.expecting(IN, "label matching operator");
    if (matchType(tokens.type()) == null) {
      tokens.failUnexpected();
    }
    return matcher(name, name.text());
  }

  private @Nullable Matcher matcher(Token name, String label) {
    MatchType type = matchType(tokens.take().type());
    if (type == null) {
      throw new IllegalStateException("BUG: no match operator behind " + name);
    }
    tokens.expecting(IN, "string");
    Token value = tokens.expect(Tok.STRING);
    try {
      return Matcher.of(type, label, Literals.unquote(value.text()));
    } catch (IllegalArgumentException e) {
      tokens.add(new Pos(name.start(), value.end()), String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static @Nullable MatchType matchType(Tok type) {
    return switch (type) {
      case EQL -> MatchType.EQUAL;
      case NEQ -> MatchType.NOT_EQUAL;
      case EQL_REGEX -> MatchType.REGEXP;
      case NEQ_REGEX -> MatchType.NOT_REGEXP;
      default -> null;
    };
  }
}
