package io.narthex.model.exposition;

/// Tokens of OpenMetrics 1.0.0 and 0.0.1. Source: prometheus `model/textparse/openmetricslex.l`.
final class OpenMetricsLexer extends TextLexer {

  @Override
  Token next() {
    if (at >= end) {
      return Token.EOF;
    }
    start = at;
    return switch (state) {
      case INIT -> init();
      case COMMENT -> comment();
      case META_NAME -> metaName();
      case META_TEXT -> metaText();
      case LABELS -> labels(true, State.VALUE, State.LABEL_VALUE);
      case LABEL_VALUE ->
          bytes[at] == '"' ? quoted(false, true, State.LABELS, Token.LABEL_VALUE) : Token.INVALID;
      case VALUE ->
          bytes[at] == '{'
              ? take(State.LABELS, Token.BRACE_OPEN)
              : number(State.TIMESTAMP, Token.VALUE);
      case TIMESTAMP -> timestamp();
      case EXEMPLAR -> labels(false, State.EXEMPLAR_VALUE, State.EXEMPLAR_VALUE);
      case EXEMPLAR_VALUE ->
          bytes[at] == '"'
              ? quoted(false, false, State.EXEMPLAR, Token.LABEL_VALUE)
              : number(State.EXEMPLAR_TIMESTAMP, Token.VALUE);
      case EXEMPLAR_TIMESTAMP ->
          bytes[at] == '\n'
              ? take(State.INIT, Token.LINEBREAK)
              : number(State.EXEMPLAR_TIMESTAMP, Token.TIMESTAMP);
    };
  }

  private Token init() {
    if (startsMetricName()) {
      skipMetricName();
      return go(State.VALUE, Token.METRIC_NAME);
    }
    if (bytes[at] == '{') {
      return take(State.LABELS, Token.BRACE_OPEN);
    }
    if (bytes[at] != '#') {
      return Token.INVALID;
    }
    at++;
    if (peek() != ' ') {
      return Token.INVALID;
    }
    at++;
    return comment();
  }

  private Token comment() {
    state = State.COMMENT;
    return switch (peek()) {
      case 'H' -> metaWord("HELP ", Token.HELP);
      case 'T' -> metaWord("TYPE ", Token.TYPE);
      case 'U' -> metaWord("UNIT ", Token.UNIT);
      case 'E' -> {
        if (!word("EOF")) {
          yield Token.INVALID;
        }
        if (peek() == '\n') {
          at++;
        }
        yield go(State.INIT, Token.EOF_WORD);
      }
      default -> Token.INVALID;
    };
  }

  private Token metaWord(String word, Token token) {
    return word(word) ? go(State.META_NAME, token) : Token.INVALID;
  }

  private Token metaName() {
    if (bytes[at] == '"') {
      return quoted(true, false, State.META_TEXT, Token.METRIC_NAME);
    }
    if (startsMetricName()) {
      skipMetricName();
      return go(State.META_TEXT, Token.METRIC_NAME);
    }
    return Token.INVALID;
  }

  /// A space, any text and the line break.
  private Token metaText() {
    if (bytes[at] != ' ') {
      return Token.INVALID;
    }
    while (at < end && bytes[at] != '\n') {
      at++;
    }
    return at == end ? Token.INVALID : take(State.INIT, Token.TEXT);
  }

  private Token labels(boolean lines, State closed, State valued) {
    State here = state;
    return switch (bytes[at]) {
      case '"' -> quoted(lines, false, here, Token.QUOTED);
      case '}' -> take(closed, Token.BRACE_CLOSE);
      case '=' -> take(valued, Token.EQUAL);
      case ',' -> take(here, Token.COMMA);
      default -> {
        if (!startsLabelName()) {
          yield Token.INVALID;
        }
        skipLabelName();
        yield Token.LABEL_NAME;
      }
    };
  }

  private Token timestamp() {
    if (bytes[at] == '\n') {
      return take(State.INIT, Token.LINEBREAK);
    }
    if (bytes[at] == ' ' && at + 2 < end && bytes[at + 1] == '#' && bytes[at + 2] == ' ') {
      at += 3;
      return peek() == '{' ? take(State.EXEMPLAR, Token.COMMENT) : Token.INVALID;
    }
    return number(State.TIMESTAMP, Token.TIMESTAMP);
  }

  /// A space and everything up to the next space or line break.
  private Token number(State next, Token token) {
    if (bytes[at] != ' ') {
      return Token.INVALID;
    }
    int from = ++at;
    while (at < end && bytes[at] != ' ' && bytes[at] != '\n' && bytes[at] != 0) {
      at++;
    }
    return at == from ? Token.INVALID : go(next, token);
  }
}
