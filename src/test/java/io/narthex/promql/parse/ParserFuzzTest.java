package io.narthex.promql.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Features;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Any text gives a tree or a ParseException, and trees print to texts that give them again.
class ParserFuzzTest {

  private static final List<String> SEEDS =
      List.of(
          "sum by (job) (rate(http_requests_total{code=~\"5..\", path!=\"/\"}[5m] offset 1m))",
          "a + on (b, \"c.d\") group_left (x) fill_left (-3) b{__name__!~'x'} > bool 2 ^ -3 ^ 2",
          "topk(5, -foo[1h:5m] @ end() offset -1w) unless ignoring () bar @ 1.5 or {\"a b\"}",
          "histogram_quantile(0.9, sum without (le,) (x)) </ 3 >/ 4 atan2 0x1F - 1_000 % .5e3",
          "foo[step() * 2 + min_of(5m, range() / (3))] anchored + bar[5m:max_of(1, -2)] smoothed",
          "label_replace(up, 'a', `$1`, \"\\u00e9\\x41\\101\", \"(.*)\") # comment\n + start()",
          "info(x, {a=\"b\"}) and (fill + by) or count_values(\"v\", Inf * NaN offset 1h30m)",
          "a{b=\"c\"} 1+2x3 _ _x4 stale -1 {{schema:1 buckets:[1 -2] offset:-3}}+{{sum:1}}x2");

  private static final List<String> PIECES =
      List.of(
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          ",",
          ":",
          "=",
          "!=",
          "=~",
          "+",
          "-",
          "*",
          "/",
          "^",
          "@",
          " offset ",
          " by ",
          " on ",
          " bool ",
          "sum",
          "rate",
          "5m",
          "1",
          "0",
          "\"",
          "'",
          "`",
          "\\",
          "#",
          "\n",
          "x",
          "_",
          "{{",
          "}}",
          "fill(",
          "step()",
          "\u00e9",
          "\udcff",
          "\ufffd",
          "inf",
          " group_left ",
          "start()",
          "e",
          ".",
          " and ",
          "min_of(");

  @Test
  void anyTextGivesATreeOrAMistake() {
    long seed = 31415926;
    Random random = new Random(seed);
    int parsed = 0;
    for (int round = 0; round < 60_000; round++) {
      String text = mutated(random);
      try {
        parsed += parses(text) ? 1 : 0;
        seriesParses(text);
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + Literals.quote(text), e);
      }
    }
    assertTrue(parsed > 1000, "parsed: " + parsed);
  }

  private static String mutated(Random random) {
    StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
    for (int n = 1 + random.nextInt(5); n > 0; n--) {
      int at = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), at + random.nextInt(8));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, to);
        case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> text.insert(at, text.substring(at, to));
        default -> text.replace(at, to, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return text.toString();
  }

  private static boolean parses(String text) {
    try {
      Expr expr = PromqlParser.parse(text, Features.ALL);
      String printed = ExprPrinter.print(expr);
      assertEquals(printed, ExprPrinter.print(PromqlParser.parse(printed, Features.ALL)));
      String pretty = PrettyPrinter.print(expr, 10);
      assertEquals(printed, ExprPrinter.print(PromqlParser.parse(pretty, Features.ALL)));
      return true;
    } catch (ParseException e) {
      assertTrue(e.errors().size() > 0);
      return false;
    }
  }

  private static void seriesParses(String text) {
    try {
      SeriesDescription.parse(text);
    } catch (ParseException e) {
      assertTrue(e.errors().size() > 0);
    }
  }

  @Test
  void deepAndLongTexts() throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread small =
        new Thread(
            null,
            () -> {
              try {
                deepAndLong();
              } catch (Throwable e) {
                failure.set(e);
              }
            },
            "small stack",
            512 * 1024);
    small.start();
    small.join();
    if (failure.get() != null) {
      throw new AssertionError(failure.get());
    }
  }

  private static void deepAndLong() {
    tooDeep("(".repeat(10_000) + "1" + ")".repeat(10_000));
    tooDeep("abs(".repeat(10_000) + "a" + ")".repeat(10_000));
    tooDeep("sum by (a) (".repeat(2000) + "a" + ")".repeat(2000));
    tooDeep("a" + "[1m:]".repeat(2000));
    tooDeep("a[" + "(".repeat(10_000) + "1" + ")".repeat(10_000) + "]");
    tooDeep("a[" + "-".repeat(100_000) + "step()]");
    tooDeep("a offset " + "-".repeat(100_000) + "step()");
    tooDeep("1" + " + 1".repeat(250_000));
    tooDeep("2" + " ^ 2".repeat(250_000));
    tooDeep("-".repeat(1_000_000) + "a");
    tooDeep("(" + "a or ".repeat(900) + "a)" + " or a".repeat(900));
    tooDeep("a[" + "(".repeat(150) + "1" + ("+ 1".repeat(100) + ")").repeat(150) + "]");
    PromqlParser.parse("-".repeat(1_000_000) + "1", Features.NONE);
    PromqlParser.parse("(".repeat(190) + "a" + ")".repeat(190), Features.NONE);
    ExprPrinter.print(PromqlParser.parse("a" + " or a".repeat(990), Features.NONE));
    ExprPrinter.print(PromqlParser.parse("2" + " ^ 2".repeat(190), Features.NONE));
    String sums = "sum by (a) (abs(".repeat(95) + "a" + "))".repeat(95);
    PrettyPrinter.print(PromqlParser.parse(sums, Features.NONE), 10);
    PromqlParser.parse("a{b=~\"" + "x|".repeat(500_000) + "\"}", Features.NONE);
    PromqlParser.parse("sum by (" + "a,".repeat(300_000) + ") (b)", Features.NONE);
    String deepest = "a[" + "(".repeat(190) + "1" + ")".repeat(190) + "]";
    Expr expr = PromqlParser.parse(deepest, Features.NONE);
    ExprPrinter.print(expr);
  }

  private static void tooDeep(String text) {
    ParseException e =
        assertThrows(ParseException.class, () -> PromqlParser.parse(text, Features.ALL));
    assertTrue(e.getMessage().contains("levels deep"), e.getMessage());
  }
}
