package io.narthex.model.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/// Repetitions that multiply, as promtool judges them.
class RepeatLimitTest {

  @Test
  void productsUpToAThousandAreTaken() {
    for (String regex :
        new String[] {
          "a{1000}",
          "(a{10}){100}",
          "a{1000}|b{1000}",
          "(a{100})(b{100}){10}",
          "[{]{3}",
          "\\{1001}",
          "\\Q{1001}\\E",
          "\\p{Greek}{1000}",
          "a{,5000}",
          "(a{0}){1000}"
        }) {
      assertNull(RepeatLimit.violation(regex), regex);
    }
  }

  @Test
  void moreIsRefusedWithTheRepetitionThatGoesTooFar() {
    assertEquals("{100}", RepeatLimit.violation("((a{100}){100}){100}"));
    assertEquals("{101}", RepeatLimit.violation("(a{10}){101}"));
    assertEquals("{1001}", RepeatLimit.violation("[a-z{]{1001}"));
    assertEquals("{2,}", RepeatLimit.violation("(x(y{501})?z){2,}"));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Matcher.of(MatchType.REGEXP, "x", "(a{99}){99}"));
    assertEquals("error parsing regexp: invalid repeat count: `{99}`", e.getMessage());
  }
}
