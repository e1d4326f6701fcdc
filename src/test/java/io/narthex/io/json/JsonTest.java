package io.narthex.io.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void readsAndWritesBackUnchanged() {
    String text =
        """
        {
        \t"a": [
        \t\t1,
        \t\t-2.50e+3,
        \t\t"x\\"\\\\\\n\\u0001é"
        \t],
        \t"b": {},
        \t"c": [],
        \t"d": null,
        \t"e": true
        }\
        """;
    assertEquals(text, Json.parse(text).toIndentedText());
  }

  @Test
  void escapesAreUndone() {
    assertEquals("/é\b\f\r\t😀", Json.parse("\"\\/\\u00E9\\b\\f\\r\\t\\ud83d\\ude00\"").asString());
  }

  @Test
  void saysWhereATextIsNoJson() {
    String[][] cases = {
      {"", "expected a value at offset 0, found the end"},
      {"{\"a\" 1}", "expected ':' at offset 5, found '1'"},
      {"{a:1}", "expected a key in quotes at offset 1, found 'a'"},
      {"[1,]", "expected a value at offset 3, found ']'"},
      {"[1 2]", "expected ',' at offset 3, found '2'"},
      {"01", "expected a value at offset 0, found '0'"},
      {"1.", "expected a digit at offset 2, found the end"},
      {"tru", "expected a value at offset 0, found 't'"},
      {"\"a", "expected a closing quote at offset 2, found the end"},
      {"\"\\x\"", "expected an escape at offset 2, found 'x'"},
      {"{} {}", "expected the end at offset 3, found '{'"},
    };
    for (String[] c : cases) {
      assertEquals(
          c[1], assertThrows(JsonException.class, () -> Json.parse(c[0]), c[0]).getMessage());
    }
    assertThrows(JsonException.class, () -> Json.parse("[".repeat(100_000)));
  }

  @Test
  void saysWhatIsMissing() {
    Json.Obj object = Json.parse("{\"a\":\"b\"}").asObject();
    assertEquals(7, object.getLong("n", 7));
    assertEquals(
        "there is no \"z\" in {\"a\":\"b\"}",
        assertThrows(JsonException.class, () -> object.get("z")).getMessage());
    assertEquals(
        "expected a number, found \"b\"",
        assertThrows(JsonException.class, () -> object.get("a").asLong()).getMessage());
  }
}
