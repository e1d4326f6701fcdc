package io.narthex.model.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What an expression tells the index, and that the short ways answer as the automaton does.
class LabelRegexTest {

  @Test
  void wordsForTheIndex() {
    assertEquals(List.of("a", "b", "c"), LabelRegex.compile("a|b|c").setMatches());
    assertEquals(List.of("foo"), LabelRegex.compile("foo").setMatches());
    assertEquals(List.of("foobar", "foo"), LabelRegex.compile("foo(?:bar)?").setMatches());
    assertEquals(
        List.of("a-1", "a-2", "b-1", "b-2"), LabelRegex.compile("(a|b)-[12]").setMatches());
    assertEquals(List.of("a.b"), LabelRegex.compile("^a\\.b$").setMatches());
    assertEquals(List.of(""), LabelRegex.compile("").setMatches());
    assertEquals(List.of(), LabelRegex.compile("a.*").setMatches());
    assertEquals(List.of(), LabelRegex.compile("(?i)a|b").setMatches());
    assertEquals(List.of(), LabelRegex.compile("a+").setMatches());
  }

  @Test
  void prefixesForTheIndex() {
    assertEquals("foo", LabelRegex.compile("foo.*").prefix());
    assertEquals("ab", LabelRegex.compile("abc.*|abd.+").prefix());
    assertEquals("10.0.", LabelRegex.compile("10\\.0\\.\\d+").prefix());
    assertEquals("fo", LabelRegex.compile("foo*\\d").prefix());
    assertEquals("", LabelRegex.compile("foo\\d|bar").prefix());
    assertEquals("", LabelRegex.compile("(?i)foo.*").prefix());
    assertEquals("", LabelRegex.compile(".*foo").prefix());
    assertEquals("", LabelRegex.compile("\ud83d\ude00a|\ud83d\ude01b").prefix());
  }

  @Test
  void simpleOrNot() {
    for (String simple : List.of("", "a", ".*", ".+x", "(a|b)c?", "(?i:ab)-.*", "[a-c_]d", "a|")) {
      assertNotNull(RegexReader.read(simple), simple);
    }
    for (String other :
        List.of(
            "a+",
            "[^a]",
            "\\d",
            ".",
            ".?",
            "(?-s).*",
            "a$b",
            "a**",
            "(",
            ")",
            "a)",
            "[",
            "\\",
            ".**",
            "a{2}",
            "(?P<n>a)",
            "(?i)\u00e9",
            "^*")) {
      assertNull(RegexReader.read(other), other);
    }
  }

  @Test
  void mistakesInGosWords() {
    assertMistake("a)b", "error parsing regexp: unexpected ): `a)b`");
    assertMistake("*", "error parsing regexp: missing argument to repetition operator: `*`");
    assertMistake("a{1001}", "error parsing regexp: invalid repeat count: `{1001}`");
    assertMistake("(?P<n-o>a)", "error parsing regexp: invalid named capture: `(?P<n-o>`");
    String deep = "(".repeat(5000) + "a+" + ")".repeat(5000);
    assertMistake(deep, "error parsing regexp: expression nests too deeply: `" + deep + "`");
    LabelRegex.compile("(".repeat(200) + "a+" + ")".repeat(200));
  }

  private static void assertMistake(String regex, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> LabelRegex.compile(regex));
    assertEquals(message, e.getMessage());
  }

  @Test
  void answersAsTheAutomaton() {
    long seed = 20260717;
    Random random = new Random(seed);
    String[] pieces = {
      "a", "b", "ab", ".*", ".+", "|", "(", ")", "(?:", "(?i:", "?", "[ab]", "k", "s", "-", "\\.",
      "^", "$", "(?i)", "*", "+", "\u00e9", "\n", "[a-c]", "x", "{2}", "(?s)", ".*?"
    };
    String[] letters = {
      "a",
      "b",
      "ab",
      "K",
      "S",
      "k",
      "\u212a",
      "\u017f",
      "-",
      ".",
      "\n",
      "\u00e9",
      "x",
      "B",
      "c",
      "\ud83d\ude00"
    };
    int simple = 0;
    for (int round = 0; round < 30_000; round++) {
      String regex = random(random, pieces, 8);
      Pattern pattern;
      try {
        pattern = Pattern.compile(regex, Pattern.DOTALL);
      } catch (PatternSyntaxException e) {
        assertNull(RegexReader.read(regex), "seed " + seed + ": wrong but read: " + regex);
        continue;
      }
      LabelRegex compiled = LabelRegex.compile(regex);
      simple += RegexReader.read(regex) != null ? 1 : 0;
      for (int i = 0; i < 20; i++) {
        String value = random(random, letters, 6);
        boolean expected = pattern.matches(value);
        String message = "seed " + seed + ": " + regex + " on " + GoQuote.quote(value);
        assertEquals(expected, compiled.matches(value), message);
        if (expected) {
          assertTrue(value.startsWith(compiled.prefix()), message);
          List<String> words = compiled.setMatches();
          assertTrue(words.isEmpty() || words.contains(value), message);
        }
      }
    }
    assertTrue(simple > 3000, "simple: " + simple);
  }

  private static String random(Random random, String[] pieces, int max) {
    StringBuilder out = new StringBuilder();
    for (int n = random.nextInt(max + 1); n > 0; n--) {
      out.append(pieces[random.nextInt(pieces.length)]);
    }
    return out.toString();
  }
}
