package io.narthex.promql.parse;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Cuts a query into tokens. What a character means depends on where it stands: inside braces,
/// inside brackets, or outside of both.
final class Lexer {

  final Scanner in;
  private final StringScanner strings;
  private final boolean series;

  private int parenDepth;
  private boolean braceOpen;
  private boolean bracketOpen;
  private boolean gotColon;
  private boolean gotDuration;

  /// Whether the next token is the first of a bracket or follows an operator in one.
  private boolean inDurationExpr;

  private boolean ended;

  Lexer(QueryText text) {
    this(new Scanner(text), false);
  }

  /// @param series whether a series description is read: then the metric name's keywords are names
  Lexer(Scanner in, boolean series) {
    this.in = in;
    this.strings = new StringScanner(in);
    this.series = series;
  }

  /// Whether a brace is open.
  boolean insideBraces() {
    return braceOpen;
  }

  /// The next token; comments are tokens. After an error or the end only EOF follows, except that a
  /// string with a bad escape is read to its end.
  Token next() {
    if (ended) {
      return in.emit(Tok.EOF);
    }
    Token token = strings.open() ? strings.resume() : scan();
    if (token.type() == Tok.ERROR && !strings.open() || token.type() == Tok.EOF) {
      ended = true;
    }
    return token;
  }

  private Token scan() {
    if (inDurationExpr) {
      return durationExpr();
    }
    if (Scanner.isSpace(in.peek())) {
      in.skipSpaces();
    }
    if (in.peek() == '#') {
      return comment();
    }
    return braceOpen ? insideBraces(in.next()) : statement(in.next());
  }

  private Token comment() {
    int rune = in.next();
    while (rune != '\n' && rune != '\r' && rune != QueryText.EOF) {
      rune = in.next();
    }
    in.backup();
    return in.emit(Tok.COMMENT);
  }

  private Token statement(int rune) {
    return switch (rune) {
      case QueryText.EOF -> end();
      case ',' -> in.emit(Tok.COMMA);
      case '*' -> in.emit(Tok.MUL);
      case '/' -> in.emit(Tok.DIV);
      case '%' -> in.emit(Tok.MOD);
      case '+' -> in.emit(Tok.ADD);
      case '-' -> in.emit(Tok.SUB);
      case '^' -> in.emit(Tok.POW);
      case '@' -> in.emit(Tok.AT);
      case '=' -> equals();
      case '!' -> bang();
      case '<' -> in.emit(in.accept("=") ? Tok.LTE : in.accept("/") ? Tok.TRIM_UPPER : Tok.LSS);
      case '>' -> in.emit(in.accept("=") ? Tok.GTE : in.accept("/") ? Tok.TRIM_LOWER : Tok.GTR);
      case '"', '\'', '`' -> strings.begin(rune);
      case '(' -> leftParen();
      case ')' -> rightParen();
      case '{' -> {
        braceOpen = true;
        yield in.emit(Tok.LEFT_BRACE);
      }
      case '[' -> leftBracket();
      case ']' -> rightBracket();
      default -> word(rune);
    };
  }

  private Token end() {
    if (parenDepth != 0) {
      return in.error("unclosed left parenthesis");
    }
    return bracketOpen ? in.error("unclosed left bracket") : in.emit(Tok.EOF);
  }

  private Token equals() {
    int rune = in.peek();
    if (rune == '~') {
      return in.error("unexpected character after '=': " + Scanner.quote(rune));
    }
    return in.emit(in.accept("=") ? Tok.EQLC : Tok.EQL);
  }

  private Token bang() {
    int rune = in.next();
    return rune == '='
        ? in.emit(Tok.NEQ)
        : in.error("unexpected character after '!': " + Scanner.quote(rune));
  }

  private Token leftParen() {
    parenDepth++;
    return in.emit(Tok.LEFT_PAREN);
  }

  private Token rightParen() {
    Token token = in.emit(Tok.RIGHT_PAREN);
    parenDepth--;
    return parenDepth < 0 ? in.error("unexpected right parenthesis ')'") : token;
  }

  private Token leftBracket() {
    if (bracketOpen) {
      return in.error("unexpected left bracket '['");
    }
    gotColon = false;
    Token token = in.emit(Tok.LEFT_BRACKET);
    in.skipSpaces();
    bracketOpen = true;
    inDurationExpr = true;
    return token;
  }

  private Token rightBracket() {
    if (!bracketOpen) {
      return in.error("unexpected right bracket ']'");
    }
    bracketOpen = false;
    return in.emit(Tok.RIGHT_BRACKET);
  }

  private Token word(int rune) {
    if (Scanner.isDigit(rune) || rune == '.' && Scanner.isDigit(in.peek())) {
      in.pos--;
      return numberOrDuration();
    }
    if (!Scanner.isAlpha(rune) && rune != ':') {
      return in.error("unexpected character: " + Scanner.quote(rune));
    }
    if (!bracketOpen) {
      return keywordOrIdentifier();
    }
    if (rune == ':') {
      if (gotColon) {
        return in.error("unexpected colon ':'");
      }
      gotColon = true;
      return in.emit(Tok.COLON);
    }
    Token keyword = durationKeyword(rune);
    return keyword != null
        ? keyword
        : in.error("unexpected character: " + Scanner.quote(rune) + ", expected ':'");
  }

  private Token numberOrDuration() {
    if (NumberScanner.number(in, series)) {
      return in.emit(Tok.NUMBER);
    }
    if (NumberScanner.durationRest(in)) {
      return in.emit(Tok.DURATION);
    }
    return in.error("bad number or duration syntax: " + Literals.quote(in.word()));
  }

  /// `step`, `range`, `min_of` or `max_of`, whose first letter has been taken; null if it is none.
  private @Nullable Token durationKeyword(int first) {
    int letter = Character.toLowerCase(first);
    if (letter != 's' && letter != 'r' && letter != 'm') {
      return null;
    }
    while (Scanner.isAlpha(in.peek())) {
      in.pos++;
    }
    return switch (in.word().toLowerCase(Locale.ROOT)) {
      case "step" -> in.emit(Tok.STEP);
      case "range" -> in.emit(Tok.RANGE);
      case "max_of" -> in.emit(Tok.MAX_OF);
      case "min_of" -> in.emit(Tok.MIN_OF);
      default -> null;
    };
  }

  /// A token behind `[` or an operator in brackets. A number ends this state: what follows a number
  /// is read as everywhere else.
  private Token durationExpr() {
    in.skipSpaces();
    int rune = in.next();
    return switch (rune) {
      case QueryText.EOF -> in.error("unexpected end of input in duration expression");
      case ']' -> {
        inDurationExpr = false;
        gotColon = false;
        yield rightBracket();
      }
      case ':' -> colonInDuration();
      case '(' -> leftParen();
      case ')' -> rightParen();
      case '+' -> in.emit(Tok.ADD);
      case '-' -> in.emit(Tok.SUB);
      case '*' -> in.emit(Tok.MUL);
      case '/' -> in.emit(Tok.DIV);
      case '%' -> in.emit(Tok.MOD);
      case '^' -> in.emit(Tok.POW);
      case ',' -> in.emit(Tok.COMMA);
      default -> durationOperand(rune);
    };
  }

  private Token colonInDuration() {
    Token token = in.emit(Tok.COLON);
    if (!gotDuration) {
      return in.error("unexpected colon before duration in duration expression");
    }
    if (gotColon) {
      return in.error("unexpected repeated colon in duration expression");
    }
    gotColon = true;
    return token;
  }

  private Token durationOperand(int rune) {
    if (Scanner.isDigit(rune) || rune == '.' && Scanner.isDigit(in.peek())) {
      in.pos--;
      gotDuration = true;
      inDurationExpr = false;
      return numberOrDuration();
    }
    Token keyword = durationKeyword(rune);
    return keyword != null
        ? keyword
        : in.error("unexpected character in duration expression: " + Scanner.quote(rune));
  }

  private Token insideBraces(int rune) {
    return switch (rune) {
      case QueryText.EOF -> in.error("unexpected end of input inside braces");
      case ',' -> in.emit(Tok.COMMA);
      case '"', '\'', '`' -> strings.begin(rune);
      case '=' -> in.emit(in.accept("~") ? Tok.EQL_REGEX : Tok.EQL);
      case '!' -> bangInsideBraces();
      case '{' -> in.error("unexpected left brace '{'");
      case '}' -> {
        braceOpen = false;
        yield in.emit(Tok.RIGHT_BRACE);
      }
      default -> {
        if (!Scanner.isAlpha(rune)) {
          yield in.error("unexpected character inside braces: " + Scanner.quote(rune));
        }
        while (Scanner.isAlphaNumeric(in.peek())) {
          in.pos++;
        }
        yield in.emit(Tok.IDENTIFIER);
      }
    };
  }

  private Token bangInsideBraces() {
    int rune = in.next();
    return switch (rune) {
      case '~' -> in.emit(Tok.NEQ_REGEX);
      case '=' -> in.emit(Tok.NEQ);
      default -> in.error("unexpected character after '!' inside braces: " + Scanner.quote(rune));
    };
  }

  private Token keywordOrIdentifier() {
    boolean colon = in.text.bytes[in.start] == ':';
    for (int rune = in.peek(); Scanner.isAlphaNumeric(rune) || rune == ':'; rune = in.peek()) {
      colon |= rune == ':';
      in.pos++;
    }
    Tok keyword = Tok.keyword(in.word());
    if (keyword == null) {
      return in.emit(colon ? Tok.METRIC_IDENTIFIER : Tok.IDENTIFIER);
    }
    // These became keywords late: they are names unless they are called.
    boolean fill = keyword == Tok.FILL || keyword == Tok.FILL_LEFT || keyword == Tok.FILL_RIGHT;
    return in.emit(fill && !leftParenFollows() ? Tok.IDENTIFIER : keyword);
  }

  private boolean leftParenFollows() {
    int at = in.pos;
    while (Scanner.isSpace(in.text.runeAt(at))) {
      at++;
    }
    return in.text.runeAt(at) == '(';
  }
}
