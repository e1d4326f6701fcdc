package io.narthex.promql.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.promql.ast.Features;
import org.junit.jupiter.api.Test;

/// Numbers and strings, and mistakes that no table has.
class LiteralsTest {

  @Test
  void numbers() {
    assertEquals(493, Literals.number("0755"));
    assertEquals(8, Literals.number("08"));
    assertEquals(31, Literals.number("0x_1F"));
    assertEquals(1000.5, Literals.number("1_000.5"));
    assertEquals(0.5, Literals.number(".5"));
    assertEquals(5, Literals.number("5."));
    assertEquals(Double.POSITIVE_INFINITY, Literals.number("iNF"));
    assertTrue(Double.isNaN(Literals.number("nAn")));
    assertEquals(0x1p63, Literals.number("9223372036854775808"));
  }

  @Test
  void whatIsNoNumber() {
    for (String text : new String[] {"1e", "2_", "0.90.9", "0x", "0x.5", "0xffffffffffffffffff"}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Literals.number(text));
      assertEquals("strconv.ParseFloat: parsing \"" + text + "\": invalid syntax", e.getMessage());
    }
  }

  @Test
  void strings() {
    assertEquals("\u00e9\t\"'", Literals.unquote("\"\\xc3\\xa9\\t\\\"'\""));
    assertEquals("\udcff", Literals.unquote("'\\377'"));
    assertEquals("\\n", Literals.unquote("`\\n`"));
    assertEquals("\ud83d\ude00", Literals.unquote("\"\\U0001F600\""));
  }

  @Test
  void gates() {
    assertMistake(
        "mad_over_time(a[1m])", "1:1: parse error: function \"mad_over_time\" is not enabled");
    assertMistake(
        "limitk(1, a)",
        "1:1: parse error: limitk() is experimental and must be enabled with"
            + " --enable-feature=promql-experimental-functions");
    assertMistake(
        "a anchored", "1:1: parse error: anchored modifier is experimental and not enabled");
    assertMistake(
        "1 + a + fill(1) b",
        "1:1: parse error: binop fill modifiers are experimental and not enabled");
  }

  @Test
  void mistakesInContext() {
    assertMistake("sum(a b)", "1:7: parse error: unexpected identifier \"b\" in aggregation");
    assertMistake("abs(a b)", "1:7: parse error: unexpected identifier \"b\"");
    assertMistake(
        "a + on (b) group_left [c",
        "1:23: parse error: unexpected \"[\" in grouping opts, expected \"(\"");
    assertMistake(
        "abs(a, )", "1:6: parse error: trailing commas not allowed in function call args");
    assertMistake("a\n + *", "2:4: parse error: unexpected <op:*>");
    assertMistake("a{b=~\"(\"}", "1:3: parse error: error parsing regexp: missing closing ): `(`");
  }

  private static void assertMistake(String query, String message) {
    ParseException e =
        assertThrows(ParseException.class, () -> PromqlParser.parse(query, Features.NONE));
    assertEquals(message, e.getMessage());
  }

  @Test
  void selectorsAlone() {
    assertEquals(2, PromqlParser.parseSelector("a{b=\"c\"}").size());
    assertEquals(1, PromqlParser.parseSelector("{b=~\".*\"}").size());
    assertThrows(ParseException.class, () -> PromqlParser.parseSelector("a[5m]"));
    assertThrows(ParseException.class, () -> PromqlParser.parseSelector("a offset 5m"));
    assertThrows(ParseException.class, () -> PromqlParser.parseSelector(""));
    assertThrows(ParseException.class, () -> PromqlParser.parseSelector("1"));
  }
}
