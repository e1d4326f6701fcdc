package io.narthex.promql.parse;

import io.narthex.model.labels.GoQuote;

/// A cursor over the text with the start of the token that is being read.
final class Scanner {

  final QueryText text;
  int pos;
  int start;
  private int width;

  Scanner(QueryText text) {
    this.text = text;
  }

  /// Takes the next code point, or EOF.
  int next() {
    int rune = text.runeAt(pos);
    width = text.widthAt(pos);
    pos += width;
    return rune;
  }

  /// Steps back over what `next` took last; once per `next`.
  void backup() {
    pos -= width;
  }

  /// The next code point, or EOF.
  int peek() {
    width = text.widthAt(pos);
    return text.runeAt(pos);
  }

  /// Takes the next code point if it is one of `valid`.
  boolean accept(String valid) {
    if (is(valid)) {
      pos++;
      return true;
    }
    return false;
  }

  /// Whether the next code point is one of `valid`, which are ASCII.
  boolean is(String valid) {
    int rune = text.runeAt(pos);
    return rune >= 0 && valid.indexOf(rune) >= 0;
  }

  void acceptRun(String valid) {
    while (is(valid)) {
      pos++;
    }
  }

  void skipSpaces() {
    while (isSpace(text.runeAt(pos))) {
      pos++;
    }
    start = pos;
  }

  /// What has been read of the token.
  String word() {
    return text.slice(start, pos);
  }

  /// Ends the token here.
  Token emit(Tok type) {
    Token token = new Token(type, start, pos, word());
    start = pos;
    return token;
  }

  /// An error that begins where the token begins and reaches to the end of the text.
  Token error(String message) {
    return new Token(Tok.ERROR, start, text.length, message);
  }

  static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isAlpha(int c) {
    return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  static boolean isAlphaNumeric(int c) {
    return isAlpha(c) || isDigit(c);
  }

  /// A code point in single quotes as errors show it.
  static String quote(int rune) {
    return GoQuote.quoteRune(rune == QueryText.EOF ? QueryText.BAD_RUNE : rune);
  }
}
