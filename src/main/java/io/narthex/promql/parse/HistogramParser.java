package io.narthex.promql.parse;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.promql.ast.Expr.Pos;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// Reads a histogram of a series description: `{{schema:1 count:3 sum:0.3 z_bucket:7
/// z_bucket_w:0.05 offset:3 buckets:[5 10] ...}}`.
final class HistogramParser {

  private static final double[] NO_VALUES = {};

  private final TokenStream tokens;
  private final NumberParser numbers;

  private final Map<Tok, Double> scalars = new EnumMap<>(Tok.class);
  private final Map<Tok, double[]> lists = new EnumMap<>(Tok.class);
  private ResetHint hint = ResetHint.UNKNOWN;
  private boolean hintSet;

  HistogramParser(TokenStream tokens) {
    this.tokens = tokens;
    this.numbers = new NumberParser(tokens);
  }

  /// Whether the histogram that was read last names its counter reset hint.
  boolean resetHintSet() {
    return hintSet;
  }

  /// Reads one histogram with its braces.
  FloatHistogram histogram() {
    scalars.clear();
    lists.clear();
    hint = ResetHint.UNKNOWN;
    hintSet = false;
    tokens.expect(Tok.OPEN_HIST);
    if (tokens.type() == Tok.SPACE) {
      tokens.take();
    } else if (tokens.type() != Tok.CLOSE_HIST) {
      properties();
    }
    tokens.expect(Tok.CLOSE_HIST);
    return build();
  }

  private void properties() {
    property();
    tokens.within(
        "histogram description",
        "histogram description key, e.g. buckets:[5 10 7]",
        () -> {
          while (tokens.accept(Tok.SPACE) && tokens.type() != Tok.CLOSE_HIST) {
            property();
          }
          return tokens.type() == Tok.CLOSE_HIST ? tokens.peek() : tokens.failUnexpected();
        });
  }

  private void property() {
    Tok key = tokens.type();
    switch (key) {
      case SCHEMA_DESC, OFFSET_DESC, NEGATIVE_OFFSET_DESC -> {
        begin();
        scalar(key, (double) integer());
      }
      case SUM_DESC, COUNT_DESC, ZERO_BUCKET_DESC -> {
        begin();
        scalar(key, numbers.signed());
      }
      case ZERO_BUCKET_WIDTH_DESC -> {
        begin();
        scalar(key, numbers.literal().value());
      }
      case BUCKETS_DESC, NEGATIVE_BUCKETS_DESC, CUSTOM_VALUES_DESC -> {
        begin();
        double[] values = list();
        if (lists.putIfAbsent(key, values) != null) {
          duplicate(key);
        }
      }
      case COUNTER_RESET_HINT_DESC -> {
        begin();
        if (hintSet) {
          duplicate(key);
        }
        hint = hint();
        hintSet = true;
      }
      default -> tokens.failUnexpected();
    }
  }

  /// The key and its colon.
  private void begin() {
    tokens.take();
    tokens.expect(Tok.COLON);
  }

  private void scalar(Tok key, double value) {
    if (scalars.putIfAbsent(key, value) != null) {
      duplicate(key);
    }
  }

  private void duplicate(Tok key) {
    tokens.add(new Pos(0, 0), "duplicate key \"" + name(key) + "\" in histogram");
  }

  private static String name(Tok key) {
    return switch (key) {
      case SCHEMA_DESC -> "schema";
      case SUM_DESC -> "sum";
      case COUNT_DESC -> "count";
      case ZERO_BUCKET_DESC -> "z_bucket";
      case ZERO_BUCKET_WIDTH_DESC -> "z_bucket_w";
      case BUCKETS_DESC -> "buckets";
      case OFFSET_DESC -> "offset";
      case NEGATIVE_BUCKETS_DESC -> "n_buckets";
      case NEGATIVE_OFFSET_DESC -> "n_offset";
      case CUSTOM_VALUES_DESC -> "custom_values";
      case COUNTER_RESET_HINT_DESC -> "counter_reset_hint";
      default -> throw new IllegalStateException("BUG: no key of a histogram: " + key);
    };
  }

  private long integer() {
    boolean minus = tokens.accept(Tok.SUB);
    Token token = tokens.expect(Tok.NUMBER);
    try {
      long value = Integer.parseInt(token.text());
      return minus ? -value : value;
    } catch (NumberFormatException e) {
      tokens.add(
          token.pos(),
          "invalid repetition in series values: strconv.ParseUint: parsing "
              + Literals.quote(token.text())
              + ": invalid syntax");
      return 0;
    }
  }

  private double[] list() {
    tokens.expect(Tok.LEFT_BRACKET);
    double[] values = {numbers.signed()};
    while (tokens.accept(Tok.SPACE) && tokens.type() != Tok.RIGHT_BRACKET) {
      values = Arrays.copyOf(values, values.length + 1);
      values[values.length - 1] = numbers.signed();
    }
    tokens.expect(Tok.RIGHT_BRACKET);
    return values;
  }

  private ResetHint hint() {
    ResetHint named =
        switch (tokens.type()) {
          case COUNTER_RESET -> ResetHint.RESET;
          case NOT_COUNTER_RESET -> ResetHint.NO_RESET;
          case GAUGE_TYPE -> ResetHint.GAUGE;
          default -> ResetHint.UNKNOWN;
        };
    if (named == ResetHint.UNKNOWN) {
      tokens.expect(Tok.UNKNOWN_COUNTER_RESET);
    } else {
      tokens.take();
    }
    return named;
  }

  private FloatHistogram build() {
    double[] positive = lists.getOrDefault(Tok.BUCKETS_DESC, NO_VALUES);
    double[] negative = lists.getOrDefault(Tok.NEGATIVE_BUCKETS_DESC, NO_VALUES);
    return new FloatHistogram(
        hint,
        (int) value(Tok.SCHEMA_DESC),
        value(Tok.ZERO_BUCKET_WIDTH_DESC),
        value(Tok.ZERO_BUCKET_DESC),
        value(Tok.COUNT_DESC),
        value(Tok.SUM_DESC),
        spans(positive, Tok.OFFSET_DESC),
        positive,
        spans(negative, Tok.NEGATIVE_OFFSET_DESC),
        negative,
        lists.getOrDefault(Tok.CUSTOM_VALUES_DESC, NO_VALUES));
  }

  private double value(Tok key) {
    return scalars.getOrDefault(key, 0.0);
  }

  private int[] spans(double[] buckets, Tok offset) {
    return buckets.length == 0 ? new int[0] : new int[] {(int) value(offset), buckets.length};
  }
}
