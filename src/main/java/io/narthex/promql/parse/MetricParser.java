package io.narthex.promql.parse;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.promql.ast.Expr.Pos;

/// Reads the labels of one series: `name`, `name{a="b"}`, `{"name", a="b"}`, or nothing.
final class MetricParser {

  private static final String IN = "label set";

  private final TokenStream tokens;

  MetricParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  Labels metric() {
    LabelsBuilder labels = new LabelsBuilder();
    Token name = tokens.peek();
    boolean named = name.type().isMetricName();
    if (named) {
      tokens.take();
    }
    if (tokens.type() == Tok.LEFT_BRACE) {
      braces(labels);
    }
    if (named) {
      labels.set(Labels.NAME, name.text());
    }
    try {
      return labels.build();
    } catch (IllegalArgumentException e) {
      throw tokens.fail(
          new Pos(name.start(), tokens.lastClosing()), String.valueOf(e.getMessage()));
    }
  }

  private void braces(LabelsBuilder labels) {
    tokens.take();
    tokens.within(
        IN,
        "identifier or \"}\"",
        () -> {
          list(labels);
          return tokens.expect(Tok.RIGHT_BRACE);
        });
  }

  private void list(LabelsBuilder labels) {
    if (tokens.type() == Tok.RIGHT_BRACE) {
      return;
    }
    do {
      tokens.expecting(IN, "identifier or \"}\"");
      label(labels);
      tokens.expecting(IN, "\",\" or \"}\"");
    } while (tokens.accept(Tok.COMMA) && tokens.type() != Tok.RIGHT_BRACE);
  }

  private void label(LabelsBuilder labels) {
    Token name = tokens.peek();
    if (name.type() == Tok.STRING) {
      tokens.take();
      tokens.expecting(IN, "\",\" or \"}\"");
      String text = Literals.unquote(name.text());
      if (tokens.type() == Tok.EQL) {
        labels.add(text, value());
      } else {
        labels.add(Labels.NAME, text);
      }
      return;
    }
    tokens.expect(Tok.IDENTIFIER);
    tokens.expecting(IN, "\"=\"");
    labels.add(name.text(), value());
  }

  private String value() {
    tokens.expect(Tok.EQL);
    tokens.expecting(IN, "string");
    return Literals.unquote(tokens.expect(Tok.STRING).text());
  }
}
