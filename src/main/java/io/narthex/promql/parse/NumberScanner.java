package io.narthex.promql.parse;

/// Reads numbers and durations. What it accepts is not necessarily a valid number: that is found
/// out where the value is needed.
final class NumberScanner {

  private static final String DIGITS = "0123456789";
  private static final String HEX_DIGITS = "0123456789abcdefABCDEF";

  private NumberScanner() {}

  /// Takes a number; false if what was taken is none.
  ///
  /// @param series whether it stands in a series description, where `x` means repetition
  static boolean number(Scanner in, boolean series) {
    int begin = in.pos;
    boolean hex = !series && in.accept("0") && in.accept("xX");
    if (hex) {
      in.accept("_");
    }
    String digits = hex ? HEX_DIGITS : DIGITS;
    in.accept(".");
    in.accept(digits);
    if (!digitsAndMarks(in, digits, hex) || in.pos == begin) {
      return false;
    }
    int next = in.peek();
    return series && next == 'x' || !Scanner.isAlphaNumeric(next);
  }

  /// Digits with at most one dot and one exponent, and single underscores between digits.
  private static boolean digitsAndMarks(Scanner in, String digits, boolean hex) {
    boolean dot = false;
    boolean exponent = false;
    while (in.is(digits) || in.is("._eE")) {
      if (dot && in.is(".") || exponent && in.is("eE")) {
        in.pos++;
        return false;
      }
      if (in.accept(".")) {
        dot = true;
        if (in.accept("_.") || hex) {
          return false;
        }
      } else if (in.accept("eE")) {
        exponent = true;
        in.accept("+-");
        if (in.accept("._eE") || in.peek() == QueryText.EOF) {
          return false;
        }
      } else if (in.accept("_")) {
        if (in.accept("._eE") || in.peek() == QueryText.EOF) {
          return false;
        }
      } else {
        in.acceptRun(digits);
      }
    }
    return true;
  }

  /// Takes the units behind the first number of a duration, and the numbers and units that follow.
  /// A unit that does not exist (`hs`) is found out later.
  static boolean durationRest(Scanner in) {
    if (!in.accept("smhdwy")) {
      return false;
    }
    in.accept("s");
    while (in.accept(DIGITS)) {
      in.acceptRun(DIGITS);
      if (!in.accept("smhdw")) {
        return false;
      }
      in.accept("s");
    }
    int next = in.next();
    if (Scanner.isAlphaNumeric(next)) {
      return false;
    }
    in.backup();
    return true;
  }
}
