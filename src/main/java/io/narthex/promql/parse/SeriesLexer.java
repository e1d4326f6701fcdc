package io.narthex.promql.parse;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Cuts a series description into tokens: a metric as in PromQL, then a sequence of values in which
/// spaces count. Histograms stand in double braces.
final class SeriesLexer {

  /// What is being read.
  private enum State {
    METRIC,
    VALUES,
    HISTOGRAM,
    BUCKETS,
    /// The operator directly behind a histogram.
    BEHIND_HISTOGRAM,
    ENDED
  }

  private final Scanner in;
  private final Lexer metric;
  private State state = State.METRIC;

  SeriesLexer(QueryText text) {
    in = new Scanner(text);
    metric = new Lexer(in, true);
  }

  Token next() {
    Token token =
        switch (state) {
          case METRIC -> metric();
          case VALUES -> values();
          case HISTOGRAM -> histogram();
          case BUCKETS -> buckets();
          case BEHIND_HISTOGRAM -> behindHistogram();
          case ENDED -> in.emit(Tok.EOF);
        };
    if (token.type() == Tok.ERROR) {
      state = State.ENDED;
    }
    return token;
  }

  private Token metric() {
    boolean inBraces = metric.insideBraces();
    Token token = metric.next();
    boolean word = token.type() != Tok.ERROR && Scanner.isAlpha(first(token));
    boolean nameAlone = !inBraces && word && in.peek() != '{';
    if (token.type() == Tok.RIGHT_BRACE || nameAlone) {
      state = State.VALUES;
    }
    return token;
  }

  private int first(Token token) {
    return in.text.runeAt(token.start());
  }

  private Token spaces() {
    Token token = in.emit(Tok.SPACE);
    in.skipSpaces();
    return token;
  }

  private Token values() {
    int rune = in.next();
    if (Scanner.isSpace(rune)) {
      return spaces();
    }
    if (Scanner.isDigit(rune) || rune == '.' && Scanner.isDigit(in.peek())) {
      in.pos--;
      return number();
    }
    if (rune == '{' && in.peek() == '{') {
      in.pos++;
      state = State.HISTOGRAM;
      return in.emit(Tok.OPEN_HIST);
    }
    return switch (rune) {
      case QueryText.EOF -> {
        state = State.ENDED;
        yield in.emit(Tok.EOF);
      }
      case '+' -> in.emit(Tok.ADD);
      case '-' -> in.emit(Tok.SUB);
      case 'x' -> in.emit(Tok.TIMES);
      case '_' -> in.emit(Tok.BLANK);
      default ->
          Scanner.isAlpha(rune)
              ? word()
              : in.error("unexpected character in series sequence: " + Scanner.quote(rune));
    };
  }

  private Token word() {
    while (Scanner.isAlphaNumeric(in.peek()) || in.peek() == ':') {
      in.pos++;
    }
    String word = in.word();
    Tok keyword = Tok.keyword(word);
    boolean colon = word.indexOf(':') >= 0;
    return in.emit(keyword != null ? keyword : colon ? Tok.METRIC_IDENTIFIER : Tok.IDENTIFIER);
  }

  private Token number() {
    return NumberScanner.number(in, true)
        ? in.emit(Tok.NUMBER)
        : in.error("bad number syntax: " + Literals.quote(in.word()));
  }

  private Token histogram() {
    int rune = in.next();
    if (Scanner.isSpace(rune)) {
      return spaces();
    }
    if (Scanner.isAlpha(rune)) {
      return descriptor();
    }
    if (Scanner.isDigit(rune)) {
      in.pos--;
      return number();
    }
    if (rune == '}' && in.peek() == '}') {
      in.pos++;
      int next = in.peek();
      boolean operator = next == 'x' || next == '+' || next == '-';
      // The operator is read after the braces have been handed out.
      state = operator ? State.BEHIND_HISTOGRAM : State.VALUES;
      return in.emit(Tok.CLOSE_HIST);
    }
    return switch (rune) {
      case ':' -> in.emit(Tok.COLON);
      case '-' -> in.emit(Tok.SUB);
      case '[' -> {
        state = State.BUCKETS;
        yield in.emit(Tok.LEFT_BRACKET);
      }
      default -> in.error("histogram description incomplete unexpected: " + Scanner.quote(rune));
    };
  }

  private Token behindHistogram() {
    state = State.VALUES;
    int rune = in.next();
    return in.emit(rune == 'x' ? Tok.TIMES : rune == '+' ? Tok.ADD : Tok.SUB);
  }

  private Token descriptor() {
    while (Scanner.isAlpha(in.peek())) {
      in.pos++;
    }
    String word = in.word();
    String lower = word.toLowerCase(Locale.ROOT);
    Tok property = property(lower);
    if (property != null) {
      return in.peek() == ':'
          ? in.emit(property)
          : in.error("missing `:` for histogram descriptor");
    }
    Tok value = infOrNan(lower) ? Tok.NUMBER : resetHint(lower);
    return value != null
        ? in.emit(value)
        : in.error("bad histogram descriptor found: " + Literals.quote(word));
  }

  private static boolean infOrNan(String lower) {
    return lower.equals("inf") || lower.equals("nan");
  }

  private static @Nullable Tok property(String lower) {
    return switch (lower) {
      case "sum" -> Tok.SUM_DESC;
      case "count" -> Tok.COUNT_DESC;
      case "schema" -> Tok.SCHEMA_DESC;
      case "offset" -> Tok.OFFSET_DESC;
      case "n_offset" -> Tok.NEGATIVE_OFFSET_DESC;
      case "buckets" -> Tok.BUCKETS_DESC;
      case "n_buckets" -> Tok.NEGATIVE_BUCKETS_DESC;
      case "z_bucket" -> Tok.ZERO_BUCKET_DESC;
      case "z_bucket_w" -> Tok.ZERO_BUCKET_WIDTH_DESC;
      case "custom_values" -> Tok.CUSTOM_VALUES_DESC;
      case "counter_reset_hint" -> Tok.COUNTER_RESET_HINT_DESC;
      default -> null;
    };
  }

  private static @Nullable Tok resetHint(String lower) {
    return switch (lower) {
      case "unknown" -> Tok.UNKNOWN_COUNTER_RESET;
      case "reset" -> Tok.COUNTER_RESET;
      case "not_reset" -> Tok.NOT_COUNTER_RESET;
      case "gauge" -> Tok.GAUGE_TYPE;
      default -> null;
    };
  }

  private Token buckets() {
    int rune = in.next();
    if (Scanner.isSpace(rune)) {
      return spaces();
    }
    if (Scanner.isDigit(rune)) {
      in.pos--;
      return number();
    }
    while (Scanner.isAlpha(rune)) {
      if (infOrNan(in.word().toLowerCase(Locale.ROOT))) {
        return in.emit(Tok.NUMBER);
      }
      rune = in.next();
    }
    return switch (rune) {
      case '-' -> in.emit(Tok.SUB);
      case ']' -> {
        state = State.HISTOGRAM;
        yield in.emit(Tok.RIGHT_BRACKET);
      }
      default -> in.error("invalid character in buckets description: " + Scanner.quote(rune));
    };
  }
}
