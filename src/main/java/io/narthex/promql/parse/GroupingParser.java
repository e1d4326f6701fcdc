package io.narthex.promql.parse;

import io.narthex.model.labels.LabelNames;
import io.narthex.promql.ast.BinaryOp;
import io.narthex.promql.ast.Matching;
import io.narthex.promql.ast.Matching.Cardinality;
import java.util.ArrayList;
import java.util.List;

/// Reads lists of labels, and what may stand between a binary operator and its right side.
final class GroupingParser {

  private static final String IN = "grouping opts";

  /// The modifiers of a binary operator.
  record BinaryModifiers(boolean returnBool, Matching matching) {}

  private final TokenStream tokens;

  GroupingParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /// `(a, "b.c", by)`.
  List<String> labels() {
    return tokens.within(
        IN,
        "\"(\"",
        () -> {
          tokens.expect(Tok.LEFT_PAREN);
          List<String> labels = new ArrayList<>();
          if (tokens.type() != Tok.RIGHT_PAREN) {
            list(labels);
          }
          tokens.expect(Tok.RIGHT_PAREN);
          return List.copyOf(labels);
        });
  }

  private void list(List<String> out) {
    do {
      tokens.expecting(IN, "label");
      out.add(label());
      tokens.expecting(IN, "\",\" or \")\"");
    } while (tokens.accept(Tok.COMMA) && tokens.type() != Tok.RIGHT_PAREN);
  }

  private String label() {
    Tok type = tokens.type();
    if (type != Tok.STRING && !type.isLabelName()) {
      tokens.failUnexpected();
    }
    Token token = tokens.take();
    String label = type == Tok.STRING ? Literals.unquote(token.text()) : token.text();
    if (!LabelNames.isUtf8(label)) {
      tokens.add(token.pos(), "invalid label name for grouping: " + Literals.quote(label));
    }
    return label;
  }

  /// `bool`, `on` or `ignoring`, `group_left` or `group_right`, and the fills, all optional.
  BinaryModifiers binaryModifiers(BinaryOp op) {
    boolean returnBool = tokens.accept(Tok.BOOL);
    boolean on = tokens.type() == Tok.ON;
    boolean labelled = on || tokens.type() == Tok.IGNORING;
    List<String> labels = List.of();
    List<String> include = List.of();
    Cardinality cardinality = op.isSet() ? Cardinality.MANY_TO_MANY : Cardinality.ONE_TO_ONE;
    if (labelled) {
      tokens.take();
      labels = labels();
      Tok group = tokens.type();
      if (group == Tok.GROUP_LEFT || group == Tok.GROUP_RIGHT) {
        tokens.take();
        boolean left = group == Tok.GROUP_LEFT;
        cardinality = left ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
        // The list may be left out if the right side follows.
        boolean list = tokens.type() == Tok.LEFT_PAREN || !tokens.type().startsExpression();
        include = list ? labels() : List.of();
      }
    }
    return new BinaryModifiers(returnBool, fills(cardinality, on, labels, include));
  }

  private Matching fills(
      Cardinality cardinality, boolean on, List<String> labels, List<String> include) {
    Tok first = tokens.type();
    Double left = null;
    Double right = null;
    if (first == Tok.FILL) {
      left = fill();
      right = left;
    } else if (first == Tok.FILL_LEFT) {
      left = fill();
      right = tokens.type() == Tok.FILL_RIGHT ? fill() : null;
    } else if (first == Tok.FILL_RIGHT) {
      right = fill();
      left = tokens.type() == Tok.FILL_LEFT ? fill() : null;
    }
    return new Matching(cardinality, on, labels, include, left, right);
  }

  /// A keyword and its value in parentheses.
  private Double fill() {
    tokens.take();
    tokens.expect(Tok.LEFT_PAREN);
    Tok sign = tokens.type();
    if (sign == Tok.ADD || sign == Tok.SUB) {
      tokens.take();
    }
    double value = new NumberParser(tokens).literal().value();
    tokens.expect(Tok.RIGHT_PAREN);
    return sign == Tok.SUB ? -value : value;
  }
}
