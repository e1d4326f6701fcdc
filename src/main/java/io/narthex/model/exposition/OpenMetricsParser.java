package io.narthex.model.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.MetricType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Entries of OpenMetrics 1.0.0 and 0.0.1. Source: prometheus
/// `model/textparse/openmetricsparse.go`.
final class OpenMetricsParser extends ExpositionParser {

  private static final byte[] CREATED = "_created".getBytes(UTF_8);
  private static final byte[] BUCKET = "le".getBytes(UTF_8);
  private static final byte[] QUANTILE = "quantile".getBytes(UTF_8);
  private static final byte[] NONE = {};

  private final OpenMetricsLexer lexer;

  /// Offsets of the exemplar's labels, as those of the series'.
  private int[] exemplarOffsets = new int[8];

  private int exemplarOffsetCount;
  private boolean hasExemplar;
  private double exemplarValue;
  private long exemplarMs;
  private boolean exemplarHasTimestamp;

  OpenMetricsParser() {
    this(new OpenMetricsLexer());
  }

  private OpenMetricsParser(OpenMetricsLexer lexer) {
    super(lexer);
    this.lexer = lexer;
  }

  @Override
  Token token() {
    return lexer.next();
  }

  @Override
  String unescaped(String text) {
    return LabelEscape.undo(text);
  }

  @Override
  public Entry next() {
    entryStart = lexer.at;
    clearOffsets();
    Token token = token();
    return switch (token) {
      case EOF_WORD -> {
        if (token() != Token.EOF) {
          throw failed("unexpected data after # EOF");
        }
        yield Entry.END;
      }
      case EOF -> throw withoutEnd();
      case HELP, TYPE, UNIT -> metadata(token);
      case BRACE_OPEN -> {
        offset(-1, -1);
        labelPairs(true);
        seriesEnd = lexer.at;
        rest();
        yield Entry.SERIES;
      }
      case METRIC_NAME -> {
        series();
        yield Entry.SERIES;
      }
      default -> throw unexpected("expected a valid start token", token);
    };
  }

  private void series() {
    offset(lexer.start, lexer.at);
    seriesEnd = lexer.at;
    Token token = token();
    if (token == Token.BRACE_OPEN) {
      labelPairs(true);
      seriesEnd = lexer.at;
      token = token();
    }
    rest(token);
  }

  @Override
  public boolean isCreated() {
    int from = offsets[1] - CREATED.length;
    return hasStarts()
        && from >= offsets[0]
        && Arrays.equals(lexer.bytes, from, offsets[1], CREATED, 0, CREATED.length);
  }

  private boolean hasStarts() {
    return type == MetricType.COUNTER || type == MetricType.HISTOGRAM || type == MetricType.SUMMARY;
  }

  @Override
  public long startKey(int familyBytes) {
    int nameBytes = offsets[1] - offsets[0];
    int length = isCreated() ? nameBytes - CREATED.length : familyBytes;
    if (!hasStarts() || length > nameBytes) {
      return 0;
    }
    byte[] without =
        type == MetricType.HISTOGRAM ? BUCKET : type == MetricType.SUMMARY ? QUANTILE : NONE;
    return StartKey.of(lexer.bytes, offsets, offsetCount, length, without);
  }

  private Entry metadata(Token word) {
    Token name = token();
    if (name != Token.METRIC_NAME) {
      throw unexpected("expected metric name after " + word.text, name);
    }
    familyName();
    if (token() != Token.TEXT) {
      throw failed("expected text in " + word.text);
    }
    textStart = lexer.start + 1;
    textEnd = lexer.at - 1;
    return switch (word) {
      case TYPE -> {
        type = typeOf(text(textStart, textEnd));
        yield Entry.TYPE;
      }
      case UNIT -> {
        checkUnit();
        yield Entry.UNIT;
      }
      default -> {
        checkHelp();
        yield Entry.HELP;
      }
    };
  }

  private MetricType typeOf(String word) {
    for (MetricType known : MetricType.values()) {
      if (known.text().equals(word)) {
        return known;
      }
    }
    throw failed("invalid metric type " + Utf8Bytes.quote(lexer.bytes, textStart, textEnd));
  }

  private void checkUnit() {
    String unit = text(textStart, textEnd);
    String family = family();
    if (!unit.isEmpty() && !family.endsWith("_" + unit)) {
      throw failed(
          "unit " + GoQuote.quote(unit) + " not a suffix of metric " + GoQuote.quote(family));
    }
  }

  private void labelPairs(boolean braced) {
    Token token = token();
    while (token != Token.BRACE_CLOSE) {
      int before = offsetCount;
      token = pair(token, braced);
      if (token == Token.COMMA) {
        token = token();
      } else if (token != Token.BRACE_CLOSE && offsetCount > before) {
        throw unexpected("expected comma or brace close", token);
      }
    }
  }

  @Override
  void rest() {
    rest(token());
  }

  private void rest(Token first) {
    requireName();
    hasExemplar = false;
    value = valueAfter("metric", first);
    hasTimestamp = false;
    Token token = token();
    switch (token) {
      case EOF -> throw withoutEnd();
      case COMMENT -> readExemplar();
      case TIMESTAMP -> {
        hasTimestamp = true;
        timestampMs = seconds("invalid timestamp ");
        token = token();
        if (token == Token.COMMENT) {
          readExemplar();
        } else if (token != Token.LINEBREAK) {
          throw unexpected("expected next entry after timestamp", token);
        }
      }
      // Anything else is found to be wrong where the next entry should start.
      default -> {}
    }
  }

  private double valueAfter(String what, Token token) {
    if (token != Token.VALUE) {
      throw unexpected("expected value after " + what, token);
    }
    return number(lexer.start + 1);
  }

  /// The time of the current token, in milliseconds.
  private long seconds(String invalid) {
    double seconds = number(lexer.start + 1);
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      throw failed(invalid + GoFloat.openMetrics(seconds));
    }
    return (long) (seconds * 1000);
  }

  private void readExemplar() {
    int[] seriesOffsets = offsets;
    int seriesOffsetCount = offsetCount;
    offsets = exemplarOffsets;
    clearOffsets();
    labelPairs(false);
    exemplarOffsets = offsets;
    exemplarOffsetCount = offsetCount;
    offsets = seriesOffsets;
    offsetCount = seriesOffsetCount;

    exemplarValue = valueAfter("exemplar labels", token());
    exemplarHasTimestamp = false;
    Token token = token();
    switch (token) {
      case EOF -> throw withoutEnd();
      case LINEBREAK -> {}
      case TIMESTAMP -> {
        exemplarHasTimestamp = true;
        exemplarMs = seconds("invalid exemplar timestamp ");
        token = token();
        if (token != Token.LINEBREAK) {
          throw unexpected("expected next entry after exemplar timestamp", token);
        }
      }
      default -> throw unexpected("expected timestamp or comment", token);
    }
    hasExemplar = true;
  }

  private ExpositionException withoutEnd() {
    return failed("data does not end with # EOF");
  }

  @Override
  public boolean hasExemplar() {
    return hasExemplar;
  }

  @Override
  public @Nullable Exemplar exemplar() {
    if (!hasExemplar) {
      return null;
    }
    LabelsBuilder labels = new LabelsBuilder();
    for (int i = 0; i < exemplarOffsetCount; i += 4) {
      labels.set(
          text(exemplarOffsets[i], exemplarOffsets[i + 1]),
          text(exemplarOffsets[i + 2], exemplarOffsets[i + 3]));
    }
    return new Exemplar(labels.build(), exemplarValue, exemplarMs, exemplarHasTimestamp);
  }
}
