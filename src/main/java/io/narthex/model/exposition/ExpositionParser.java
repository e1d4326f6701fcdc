package io.narthex.model.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.MetricType;
import io.narthex.model.sample.StaleMarker;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A cursor over the entries of a text exposition. `next` moves on; the other methods speak of the
/// entry at which it stopped, mostly as positions in the body, which must not change meanwhile.
/// Reusable by `reset`; not thread-safe.
public abstract sealed class ExpositionParser permits PrometheusParser, OpenMetricsParser {

  /// What stands at the cursor.
  public enum Entry {
    TYPE,
    HELP,
    UNIT,
    COMMENT,
    /// A sample.
    SERIES,
    /// Nothing more.
    END
  }

  private final TextLexer lexer;
  private final DecimalScanner decimals = new DecimalScanner();

  /// Where names and values of labels stand: name from, name to, value from, value to ... The
  /// metric name comes first, without a value; -1 while it is not known.
  int[] offsets = new int[32];

  int offsetCount;
  int entryStart;
  int seriesEnd;
  int textStart;
  int textEnd;
  MetricType type = MetricType.UNKNOWN;
  double value;
  long timestampMs;
  boolean hasTimestamp;

  ExpositionParser(TextLexer lexer) {
    this.lexer = lexer;
  }

  /// A parser of `format`.
  public static ExpositionParser of(ExpositionFormat format) {
    return switch (format) {
      case TEXT -> new PrometheusParser();
      case OPEN_METRICS -> new OpenMetricsParser();
      case PROTOBUF -> throw new ExpositionException("not implemented: PrometheusProto", 0);
    };
  }

  /// Starts over with `body[0, length)`. A spare byte behind `length` may be written to.
  public void reset(byte[] body, int length) {
    lexer.reset(body, length);
    type = MetricType.UNKNOWN;
    offsetCount = 0;
    entryStart = 0;
  }

  /// Moves to the next entry.
  ///
  /// @throws ExpositionException if the body is not well-formed; the parser is then spent
  public abstract Entry next();

  /// Goes on at `position`, where an entry begins, as if `type` were that of the last TYPE entry
  /// before it.
  public final void seek(int position, MetricType lastType) {
    lexer.seek(position);
    type = lastType;
  }

  /// Reads the rest of an entry whose series text is known to be `[start, end)`: value, timestamp
  /// and exemplar. `labels` must not be asked for then.
  ///
  /// @throws ExpositionException if the rest is not well-formed
  public final void seriesRest(int start, int end) {
    lexer.seek(end);
    lexer.state = TextLexer.State.VALUE;
    entryStart = start;
    seriesEnd = end;
    clearOffsets();
    offset(start, end);
    rest();
  }

  abstract void rest();

  /// The index behind the entry: the next one begins there.
  public final int entryEnd() {
    return lexer.at;
  }

  /// First byte of the entry.
  public final int entryStart() {
    return entryStart;
  }

  /// The index behind the series text: name and labels as they stand in the body, from `entryStart`
  /// on.
  public final int seriesEnd() {
    return seriesEnd;
  }

  public final double value() {
    return value;
  }

  /// Whether the entry says a time.
  public final boolean hasTimestamp() {
    return hasTimestamp;
  }

  /// Milliseconds since the epoch, if the entry says a time.
  public final long timestampMs() {
    return timestampMs;
  }

  /// The type of the last TYPE entry so far.
  public final MetricType type() {
    return type;
  }

  /// Name of the family that a TYPE, HELP or UNIT entry speaks of, as it stands in the body.
  public final String family() {
    return text(offsets[0], offsets[1]);
  }

  /// Text of a HELP or UNIT entry, unescaped.
  public final String text() {
    return unescaped(text(textStart, textEnd));
  }

  /// A COMMENT entry as it stands in the body.
  public final String comment() {
    return text(textStart, textEnd);
  }

  abstract String unescaped(String text);

  /// The exemplar of the sample, or null.
  public @Nullable Exemplar exemplar() {
    return null;
  }

  /// Whether the sample has an exemplar.
  public boolean hasExemplar() {
    return false;
  }

  /// Whether the sample is the `_created` line of a counter, histogram or summary: it says since
  /// when the other samples with its labels count.
  public boolean isCreated() {
    return false;
  }

  /// What a sample has in common with the `_created` line that is about it, and with no other one
  /// in the body; 0 if there can be no such line. Only after `next`.
  ///
  /// @param familyBytes length of the name that the last TYPE, HELP or UNIT entry gave
  public long startKey(int familyBytes) {
    return 0;
  }

  /// The start that a `_created` line tells, in milliseconds; 0 if its value is no time.
  ///
  /// @param value of the line: seconds
  public static long startMs(double value) {
    double ms = value * 1000;
    return ms >= 1 && ms < Long.MAX_VALUE ? (long) ms : 0;
  }

  /// Adds the labels of the sample to an empty `out`: the metric name as `__name__`, bounds of
  /// buckets and quantiles normalised. Empty values are kept.
  ///
  /// @throws ExpositionException if a quoted name is not UTF-8
  public final void labels(LabelsBuilder out) {
    out.add(Labels.NAME, name(offsets[0], offsets[1]));
    for (int i = 2; i < offsetCount; i += 4) {
      String label = name(offsets[i], offsets[i + 1]);
      String text = LabelEscape.undo(text(offsets[i + 2], offsets[i + 3]));
      out.add(label, normalized(label, text));
    }
  }

  private String name(int from, int to) {
    if (!Utf8Bytes.isValid(lexer.bytes, from, to)) {
      throw new ExpositionException(
          "invalid metric name or label names: " + Utf8Bytes.quote(lexer.bytes, from, to), line());
    }
    return LabelEscape.undo(text(from, to));
  }

  /// Bounds of classic buckets and quantiles get the text of OpenMetrics in every format, so that
  /// the buckets of one histogram stay together.
  private String normalized(String label, String text) {
    boolean number =
        type == MetricType.HISTOGRAM && label.equals(Labels.BUCKET)
            || type == MetricType.SUMMARY && label.equals("quantile");
    if (!number) {
      return text;
    }
    try {
      return GoFloat.openMetrics(GoFloat.parse(text));
    } catch (NumberFormatException e) {
      return text;
    }
  }

  // What parsers of both formats share.

  final String text(int from, int to) {
    return new String(lexer.bytes, from, to - from, UTF_8);
  }

  final void clearOffsets() {
    offsetCount = 0;
  }

  final void offset(int from, int to) {
    if (offsetCount + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
    }
    offsets[offsetCount++] = from;
    offsets[offsetCount++] = to;
  }

  /// The name behind HELP, TYPE or UNIT: in quotes or bare.
  final void familyName() {
    boolean quoted = lexer.bytes[lexer.start] == '"';
    offset(quoted ? lexer.start + 1 : lexer.start, quoted ? lexer.at - 1 : lexer.at);
  }

  final void checkHelp() {
    if (!Utf8Bytes.isValid(lexer.bytes, textStart, textEnd)) {
      throw failed(
          "help text "
              + Utf8Bytes.quote(lexer.bytes, textStart, textEnd)
              + " is not a valid utf8 string");
    }
  }

  /// The value `[from, at)`, with the one NaN that samples may have.
  final double number(int from) {
    int to = lexer.at;
    if (decimals.scan(lexer.bytes, from, to) && decimals.end() == to) {
      return decimals.value();
    }
    try {
      double number = GoFloat.parse(text(from, to));
      return Double.isNaN(number) ? Double.longBitsToDouble(StaleMarker.NORMAL_NAN_BITS) : number;
    } catch (NumberFormatException e) {
      throw failed(e.getMessage() + whileParsing(to));
    }
  }

  /// A label pair behind its name token, or a metric name in braces.
  ///
  /// @param braced whether a metric name may stand in the braces
  /// @return the token behind it
  final Token pair(Token first, boolean braced) {
    int from = lexer.start;
    int to = lexer.at;
    boolean quoted = first == Token.QUOTED;
    if (!quoted && first != Token.LABEL_NAME) {
      throw unexpected("expected label name", first);
    }
    Token token = token();
    if (quoted && (token == Token.COMMA || token == Token.BRACE_CLOSE)) {
      bracedName(from, to, token, braced);
      return token;
    }
    offset(quoted ? from + 1 : from, quoted ? to - 1 : to);
    if (token != Token.EQUAL) {
      throw unexpected("expected equal", token);
    }
    token = token();
    if (token != Token.LABEL_VALUE) {
      throw unexpected("expected label value", token);
    }
    if (!Utf8Bytes.isValid(lexer.bytes, lexer.start, lexer.at)) {
      throw failed(
          "invalid UTF-8 label value: " + Utf8Bytes.quote(lexer.bytes, lexer.start, lexer.at));
    }
    offset(lexer.start + 1, lexer.at - 1);
    return token();
  }

  private void bracedName(int from, int to, Token token, boolean braced) {
    if (!braced) {
      throw unexpected("expected label name", token);
    }
    if (offsets[0] != -1) {
      throw failed("metric name already set" + whileParsing(lexer.at));
    }
    offsets[0] = from + 1;
    offsets[1] = to - 1;
  }

  abstract Token token();

  final void requireName() {
    if (offsets[0] == -1) {
      throw failed("metric name not set" + whileParsing(lexer.at));
    }
  }

  final ExpositionException unexpected(String expected, Token got) {
    int to = Math.min(lexer.end, lexer.at + 1);
    return failed(
        expected
            + ", got "
            + Utf8Bytes.quote(lexer.bytes, lexer.start, to)
            + " (\""
            + got.text
            + "\")"
            + whileParsing(to));
  }

  final String whileParsing(int to) {
    return " while parsing: " + Utf8Bytes.quote(lexer.bytes, entryStart, to);
  }

  final ExpositionException failed(String message) {
    return new ExpositionException(message, line());
  }

  private int line() {
    int line = 1;
    for (int i = 0; i < entryStart; i++) {
      if (lexer.bytes[i] == '\n') {
        line++;
      }
    }
    return line;
  }
}
