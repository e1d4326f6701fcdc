package io.narthex.promql.parse;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.parse.SeriesDescription.SequenceValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Reads the values of a series description: `1 2x3 0+5x10 _ _x4 stale {{...}} {{...}}+{{...}}x2`.
final class SequenceParser {

  /// More values than this are a typing mistake, not a test.
  private static final int MAX_VALUES = 10_000_000;

  private final TokenStream tokens;
  private final NumberParser numbers;
  private final List<SequenceValue> out = new ArrayList<>();

  SequenceParser(TokenStream tokens) {
    this.tokens = tokens;
    this.numbers = new NumberParser(tokens);
  }

  /// All values up to the end of the text.
  List<SequenceValue> values() {
    while (tokens.accept(Tok.SPACE)) {
      if (tokens.type() != Tok.SPACE && tokens.type() != Tok.EOF) {
        item();
      }
    }
    if (tokens.type() != Tok.EOF) {
      tokens.failUnexpected();
    }
    return List.copyOf(out);
  }

  private void item() {
    switch (tokens.type()) {
      case BLANK -> {
        tokens.take();
        long times = tokens.type() == Tok.TIMES ? times() : 1;
        out.addAll(Collections.nCopies((int) times, SequenceValue.OMITTED));
      }
      case OPEN_HIST -> histograms();
      case IDENTIFIER -> {
        Token word = tokens.peek();
        if (!word.text().equals("stale")) {
          tokens.expecting("series values", "number or \"stale\"");
          tokens.failUnexpected();
        }
        tokens.take();
        // A stale marker keeps its bits only if nothing is added to it.
        repeat(SequenceValue.STALE, tokens.type() == Tok.TIMES ? times() : 0);
      }
      default -> floats();
    }
  }

  private void repeat(SequenceValue value, long times) {
    for (long i = 0; i <= times; i++) {
      out.add(value);
    }
  }

  private void floats() {
    double value = numbers.signed();
    Tok next = tokens.type();
    if (next != Tok.ADD && next != Tok.SUB) {
      repeat(SequenceValue.of(value), next == Tok.TIMES ? times() : 0);
      return;
    }
    double increment = numbers.signed();
    long times = times();
    for (long i = 0; i <= times; i++) {
      out.add(SequenceValue.of(value));
      value += increment;
    }
  }

  private void histograms() {
    HistogramParser parser = new HistogramParser(tokens);
    FloatHistogram first = parser.histogram();
    boolean hinted = parser.resetHintSet();
    Tok next = tokens.type();
    if (next != Tok.ADD && next != Tok.SUB) {
      repeat(new SequenceValue(false, 0, first, hinted), next == Tok.TIMES ? times() : 0);
      return;
    }
    tokens.take();
    if (tokens.type() != Tok.OPEN_HIST) {
      tokens.failUnexpected();
    }
    FloatHistogram increment = parser.histogram();
    hinted = parser.resetHintSet();
    Token last = tokens.peek();
    long times = times();
    FloatHistogram current = first;
    out.add(new SequenceValue(false, 0, current, hinted));
    for (long i = 0; i < times; i++) {
      try {
        current = HistogramSteps.add(current, increment, next == Tok.SUB ? -1 : 1);
      } catch (IllegalArgumentException e) {
        throw tokens.fail(last.pos(), String.valueOf(e.getMessage()));
      }
      out.add(new SequenceValue(false, 0, current, hinted));
    }
  }

  /// `x` and a count.
  private long times() {
    tokens.expect(Tok.TIMES);
    Token token = tokens.expect(Tok.NUMBER);
    String why = "invalid syntax";
    try {
      long times = Long.parseUnsignedLong(token.text());
      if (times >= 0 && times <= MAX_VALUES - out.size()) {
        return times;
      }
      why = "value out of range";
    } catch (NumberFormatException e) {
      why = token.text().matches("[0-9]+") ? "value out of range" : why;
    }
    throw tokens.fail(
        token.pos(),
        "invalid repetition in series values: strconv.ParseUint: parsing "
            + Literals.quote(token.text())
            + ": "
            + why);
  }
}
