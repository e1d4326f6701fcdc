package io.narthex.model.exposition;

/// Splits a text body into tokens. What can follow depends on a state, as in the lexers that
/// Prometheus generates; so does what is reported: after an invalid token `at` is the first byte
/// that could not go on, which is where error texts end.
abstract sealed class TextLexer permits PrometheusLexer, OpenMetricsLexer {

  enum State {
    INIT,
    COMMENT,
    META_NAME,
    META_TEXT,
    LABELS,
    LABEL_VALUE,
    VALUE,
    TIMESTAMP,
    EXEMPLAR,
    EXEMPLAR_VALUE,
    EXEMPLAR_TIMESTAMP
  }

  private static final byte NAME_START = 1;
  private static final byte COLON = 2;
  private static final byte DIGIT = 4;
  private static final byte[] CLASS = new byte[256];

  static {
    for (int c = 'a'; c <= 'z'; c++) {
      CLASS[c] = NAME_START;
      CLASS[c - 'a' + 'A'] = NAME_START;
    }
    CLASS['_'] = NAME_START;
    CLASS[':'] = COLON;
    for (int c = '0'; c <= '9'; c++) {
      CLASS[c] = DIGIT;
    }
  }

  byte[] bytes = {};

  /// End of the body, exclusive.
  int end;

  /// Next byte to read.
  int at;

  /// First byte of the current token.
  int start;

  State state = State.INIT;

  /// The next token; its bytes are `[start, at)`.
  abstract Token next();

  final void reset(byte[] body, int length) {
    bytes = body;
    end = length;
    seek(0);
  }

  final void seek(int position) {
    at = position;
    start = position;
    state = State.INIT;
  }

  /// The byte at `at`, or 0 at the end.
  final int peek() {
    return at < end ? bytes[at] : 0;
  }

  final Token go(State next, Token token) {
    state = next;
    return token;
  }

  /// Takes one byte.
  final Token take(State next, Token token) {
    at++;
    return go(next, token);
  }

  final boolean startsMetricName() {
    return at < end && (CLASS[bytes[at] & 0xff] & (NAME_START | COLON)) != 0;
  }

  final boolean startsLabelName() {
    return at < end && (CLASS[bytes[at] & 0xff] & NAME_START) != 0;
  }

  final void skipMetricName() {
    skipClass(NAME_START | COLON | DIGIT);
  }

  final void skipLabelName() {
    skipClass(NAME_START | DIGIT);
  }

  final void skipDigits() {
    skipClass(DIGIT);
  }

  private void skipClass(int mask) {
    int i = at;
    while (i < end && (CLASS[bytes[i] & 0xff] & mask) != 0) {
      i++;
    }
    at = i;
  }

  /// Takes a text in double quotes in which a backslash keeps the next byte from ending it.
  ///
  /// @param lines whether raw line breaks are allowed
  /// @param nulls whether null bytes are allowed
  final Token quoted(boolean lines, boolean nulls, State next, Token token) {
    int i = at + 1;
    while (i < end) {
      byte c = bytes[i];
      if (c == '"') {
        at = i + 1;
        return go(next, token);
      }
      if (c == '\\') {
        i++;
        if (i >= end || bytes[i] == '\n' || bytes[i] == 0 && !nulls) {
          break;
        }
      } else if (c == '\n' && !lines || c == 0 && !nulls) {
        break;
      }
      i++;
    }
    at = Math.min(i, end);
    return Token.INVALID;
  }

  /// Takes `word` and then a byte that ends words; on failure `at` is the byte that differs.
  final boolean word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (peek() != word.charAt(i)) {
        return false;
      }
      at++;
    }
    return true;
  }
}
