package io.narthex.model.exposition;

import io.narthex.model.sample.MetricType;
import java.util.Arrays;

/// Entries of the text format 0.0.4 and 1.0.0. Source: prometheus `model/textparse/promparse.go`.
final class PrometheusParser extends ExpositionParser {

  private final PrometheusLexer lexer;

  PrometheusParser() {
    this(new PrometheusLexer());
  }

  private PrometheusParser(PrometheusLexer lexer) {
    super(lexer);
    this.lexer = lexer;
  }

  /// The format wants a line break at the end; bodies may lack it.
  @Override
  public void reset(byte[] body, int length) {
    byte[] terminated = body.length > length ? body : Arrays.copyOf(body, length + 1);
    terminated[length] = '\n';
    super.reset(terminated, length + 1);
  }

  @Override
  Token token() {
    return lexer.nextVisible();
  }

  @Override
  String unescaped(String text) {
    return LabelEscape.undoHelp(text);
  }

  @Override
  public Entry next() {
    while (true) {
      entryStart = lexer.at;
      clearOffsets();
      Token token = token();
      switch (token) {
        case EOF -> {
          return Entry.END;
        }
        case LINEBREAK -> {}
        case HELP, TYPE -> {
          return metadata(token);
        }
        case COMMENT -> {
          textStart = lexer.start;
          textEnd = lexer.at;
          lineBreak("linebreak expected after comment");
          return Entry.COMMENT;
        }
        case BRACE_OPEN -> {
          entryStart = lexer.start;
          offset(-1, -1);
          labelPairs();
          seriesEnd = lexer.at;
          rest();
          return Entry.SERIES;
        }
        case METRIC_NAME -> {
          series();
          return Entry.SERIES;
        }
        default -> throw unexpected("expected a valid start token", token);
      }
    }
  }

  private void series() {
    offset(lexer.start, lexer.at);
    // Blanks before the name belong to the entry, not to the series.
    entryStart = lexer.start;
    seriesEnd = lexer.at;
    Token token = token();
    if (token == Token.BRACE_OPEN) {
      labelPairs();
      seriesEnd = lexer.at;
      token = token();
    }
    rest(token);
  }

  private Entry metadata(Token word) {
    Token name = token();
    if (name != Token.METRIC_NAME) {
      throw unexpected("expected metric name after " + word.text, name);
    }
    familyName();
    Token text = token();
    if (text != Token.TEXT) {
      throw failed("expected text in " + word.text + ", got " + text.text);
    }
    textStart = Math.min(lexer.start + 1, lexer.at);
    textEnd = lexer.at;
    if (word == Token.TYPE) {
      type = typeOf(text(textStart, textEnd));
    } else {
      checkHelp();
    }
    lineBreak("linebreak expected after metadata");
    return word == Token.TYPE ? Entry.TYPE : Entry.HELP;
  }

  private MetricType typeOf(String word) {
    return switch (word) {
      case "counter" -> MetricType.COUNTER;
      case "gauge" -> MetricType.GAUGE;
      case "histogram" -> MetricType.HISTOGRAM;
      case "summary" -> MetricType.SUMMARY;
      case "untyped" -> MetricType.UNKNOWN;
      default ->
          throw failed("invalid metric type " + Utf8Bytes.quote(lexer.bytes, textStart, textEnd));
    };
  }

  private void lineBreak(String expected) {
    Token token = token();
    if (token != Token.LINEBREAK) {
      throw unexpected(expected, token);
    }
  }

  /// Commas between pairs may be left out or trail.
  private void labelPairs() {
    Token token = token();
    while (token != Token.BRACE_CLOSE) {
      token = pair(token, true);
      if (token == Token.COMMA) {
        token = token();
      }
    }
  }

  @Override
  void rest() {
    rest(token());
  }

  private void rest(Token first) {
    requireName();
    if (first != Token.VALUE) {
      throw unexpected("expected value after metric", first);
    }
    value = number(lexer.start);
    hasTimestamp = false;
    Token token = token();
    if (token == Token.TIMESTAMP) {
      hasTimestamp = true;
      timestampMs = timestamp();
      token = token();
      if (token != Token.LINEBREAK) {
        throw unexpected("expected next entry after timestamp", token);
      }
    } else if (token != Token.LINEBREAK) {
      throw unexpected("expected timestamp or new record", token);
    }
  }

  private long timestamp() {
    long ms = 0;
    for (int i = lexer.start; i < lexer.at; i++) {
      int digit = lexer.bytes[i] - '0';
      if (ms > (Long.MAX_VALUE - digit) / 10) {
        throw failed(
            "strconv.ParseInt: parsing "
                + Utf8Bytes.quote(lexer.bytes, lexer.start, lexer.at)
                + ": value out of range"
                + whileParsing(lexer.at));
      }
      ms = ms * 10 + digit;
    }
    return ms;
  }
}
