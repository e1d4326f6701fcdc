package io.narthex.model.exposition;

/// Tokens of the text format 0.0.4 and 1.0.0. The body must end in a line break. Source: prometheus
/// `model/textparse/promlex.l`.
final class PrometheusLexer extends TextLexer {

  @Override
  Token next() {
    if (at >= end) {
      return Token.EOF;
    }
    start = at;
    if (isBlank(bytes[at]) && !(state == State.META_TEXT && hasMoreThanBlanks())) {
      skipBlanks();
      return Token.WHITESPACE;
    }
    return switch (state) {
      case INIT -> init();
      case COMMENT -> comment();
      case META_NAME -> metaName();
      case META_TEXT -> metaText();
      case LABELS -> labels();
      case LABEL_VALUE ->
          bytes[at] == '"' ? quoted(true, true, State.LABELS, Token.LABEL_VALUE) : Token.INVALID;
      case VALUE -> value();
      case TIMESTAMP -> timestamp();
      case EXEMPLAR, EXEMPLAR_VALUE, EXEMPLAR_TIMESTAMP ->
          throw new IllegalStateException("BUG: the text format has no exemplars");
    };
  }

  /// The next token that is not white space.
  Token nextVisible() {
    Token token = next();
    while (token == Token.WHITESPACE) {
      token = next();
    }
    return token;
  }

  private Token init() {
    byte c = bytes[at];
    if (c == '\n') {
      return take(State.INIT, Token.LINEBREAK);
    }
    if (startsMetricName()) {
      skipMetricName();
      return go(State.VALUE, Token.METRIC_NAME);
    }
    if (c == '{') {
      return take(State.LABELS, Token.BRACE_OPEN);
    }
    if (c == '#') {
      at++;
      if (!isBlank(peek())) {
        return restOfComment();
      }
      skipBlanks();
      return comment();
    }
    return c == 0 ? Token.EOF : Token.INVALID;
  }

  private Token comment() {
    state = State.COMMENT;
    int from = at;
    if (word("HELP") && isBlank(peek())) {
      skipBlanks();
      return go(State.META_NAME, Token.HELP);
    }
    at = from;
    if (word("TYPE") && isBlank(peek())) {
      skipBlanks();
      return go(State.META_NAME, Token.TYPE);
    }
    return restOfComment();
  }

  /// Takes everything up to the line break.
  private Token restOfComment() {
    boolean nulls = state == State.COMMENT && at < end && bytes[at] != 0;
    while (at < end && bytes[at] != '\n' && (nulls || bytes[at] != 0)) {
      at++;
    }
    return peek() == '\n' ? go(State.INIT, Token.COMMENT) : Token.EOF;
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

  private Token metaText() {
    if (bytes[at] != 0) {
      while (at < end && bytes[at] != '\n') {
        at++;
      }
    }
    return go(State.INIT, Token.TEXT);
  }

  private Token labels() {
    return switch (bytes[at]) {
      case '"' -> quoted(true, false, State.LABELS, Token.QUOTED);
      case '}' -> take(State.VALUE, Token.BRACE_CLOSE);
      case '=' -> take(State.LABEL_VALUE, Token.EQUAL);
      case ',' -> take(State.LABELS, Token.COMMA);
      default -> {
        if (!startsLabelName()) {
          yield Token.INVALID;
        }
        skipLabelName();
        yield Token.LABEL_NAME;
      }
    };
  }

  private Token value() {
    if (bytes[at] == '{') {
      return take(State.LABELS, Token.BRACE_OPEN);
    }
    while (at < end && isValuePart(bytes[at])) {
      at++;
    }
    return at == start ? Token.INVALID : go(State.TIMESTAMP, Token.VALUE);
  }

  private static boolean isValuePart(byte c) {
    return c != '{' && c != ' ' && c != '\t' && c != '\n' && c != 0;
  }

  private Token timestamp() {
    if (bytes[at] == '\n') {
      return take(State.INIT, Token.LINEBREAK);
    }
    skipDigits();
    return at == start ? Token.INVALID : Token.TIMESTAMP;
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  private void skipBlanks() {
    while (at < end && isBlank(bytes[at])) {
      at++;
    }
  }

  private boolean hasMoreThanBlanks() {
    int i = at;
    while (i < end && isBlank(bytes[i])) {
      i++;
    }
    return i < end && bytes[i] != '\n';
  }
}
