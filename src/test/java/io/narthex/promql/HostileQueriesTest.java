package io.narthex.promql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Clock;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.promql.QueryException.Kind;
import io.narthex.promql.ast.Features;
import io.narthex.promql.value.QueryResult;
import io.narthex.promql.value.Value;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Queries that are made to hurt: each is answered, or refused with a message, within its limits.
class HostileQueriesTest {

  private static final int MIB = 1 << 20;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final EngineOptions OPTIONS =
      new EngineOptions(
          50_000_000, 10_000, 4, 300_000, 60_000, Features.ALL, 64L * MIB, 128L * MIB);

  private final SeriesInMemory storage =
      new SeriesInMemory()
          .add(Labels.of(Labels.NAME, "a", "x", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), 60_000, 1, 2)
          .add(Labels.of(Labels.NAME, "b", "x", "1"), 60_000, 3, 4);

  private QueryResult ask(String query) {
    return assertTimeoutPreemptively(
        SOON,
        () -> {
          try (PromqlEngine engine = new PromqlEngine(OPTIONS, Clock.system(), new Metrics())) {
            return engine.instant(storage, query, 60_000, QueryParams.DEFAULT);
          }
        });
  }

  private QueryException refused(String query) {
    return assertThrows(QueryException.class, () -> ask(query));
  }

  private static String text(QueryException e) {
    return String.valueOf(e.getMessage());
  }

  @Test
  void tenThousandParentheses() {
    String nested = "(".repeat(10_000) + "1" + ")".repeat(10_000);
    QueryException e = refused(nested);
    assertEquals(Kind.BAD_DATA, e.kind());
    assertTrue(text(e).contains("nested"), text(e));
    assertEquals(1, ((Value.Scalar) ask("-".repeat(10_000) + "1").value()).value());
    refused("sum(".repeat(10_000) + "a" + ")".repeat(10_000));
    refused("(".repeat(10_000));
    refused("max_over_time(".repeat(10_000) + "a" + "[1m:1m])".repeat(10_000));
  }

  @Test
  void aMegabyteOfQuery() {
    assertEquals(Kind.BAD_DATA, refused("1" + "+1".repeat(MIB / 2)).kind());
    assertEquals(Kind.BAD_DATA, refused("a{x=\"" + "y".repeat(MIB)).kind());
    assertEquals(Kind.BAD_DATA, refused("(".repeat(MIB)).kind());
    Value found = ask("\"" + "y".repeat(MIB) + "\"").value();
    assertEquals(MIB, ((Value.Text) found).value().length());
    StringBuilder names = new StringBuilder("1");
    for (int i = 0; i < MIB / 8; i++) {
      names.append("|x").append(i);
    }
    Value matched = ask("b{x=~\"" + names + "\"}").value();
    assertEquals(1, ((Value.Vector) matched).samples().size());
  }

  @Test
  void catastrophicRegexes() {
    for (String regex :
        new String[] {"(a+)+", "(a*)*b", "(a|aa)+", "(a|a?)+", "(.*)(.*)(.*)(.*)(.*)(.*)x"}) {
      Value found = ask("a{x=~\"" + regex + "\"}").value();
      assertEquals(0, ((Value.Vector) found).samples().size(), regex);
    }
    for (String regex : new String[] {"((a{100}){100}){100}", "a{1001}", "(a{1000}){1000}"}) {
      QueryException e = refused("a{x=~\"" + regex + "\"}");
      assertEquals(Kind.BAD_DATA, e.kind(), regex);
    }
    String replaced = "label_replace(a, \"y\", \"$1\", \"x\", \"(a+)+$\")";
    assertEquals(1, ((Value.Vector) ask(replaced).value()).samples().size());
  }

  @Test
  void tooManySteps() {
    String tooMany = "query processing would load too many samples into memory in query execution";
    assertEquals(tooMany, refused("sum_over_time(b[32y:1s])").getMessage());
    assertEquals(tooMany, refused("b[32y:1s]").getMessage());
    assertEquals(tooMany, refused("max_over_time(vector(1)[100y:1ms])").getMessage());
    try (PromqlEngine engine = new PromqlEngine(OPTIONS, Clock.system(), new Metrics())) {
      QueryException e =
          assertThrows(
              QueryException.class,
              () -> engine.range(storage, "b", 0, 1_000_000_000, 1, QueryParams.DEFAULT));
      assertEquals(tooMany, e.getMessage());
    }
    String message = text(refused("sum_over_time(b[300d:1s])"));
    assertTrue(message.startsWith("query needs at least "), message);
    assertTrue(message.contains("more than the 64 MiB that one query may use"), message);
  }

  @Test
  void manySeriesTimesManySteps() {
    SeriesInMemory many = new SeriesInMemory();
    for (int i = 0; i < 20_000; i++) {
      many.add(Labels.of(Labels.NAME, "m", "i", "" + i), 60_000, i);
    }
    try (PromqlEngine engine = new PromqlEngine(OPTIONS, Clock.system(), new Metrics())) {
      QueryException e =
          assertThrows(
              QueryException.class,
              () ->
                  engine.range(many, "sum by (i) (m)", 0, 10_000_000, 1_000, QueryParams.DEFAULT));
      assertTrue(text(e).startsWith("query needs at least "), text(e));
      Value one = engine.range(many, "sum(m)", 0, 60_000, 1_000, QueryParams.DEFAULT).value();
      assertEquals(1, ((Value.Matrix) one).series().size());
    }
  }
}
