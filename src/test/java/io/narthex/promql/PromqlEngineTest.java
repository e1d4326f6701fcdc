package io.narthex.promql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Clock;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.promql.QueryException.Kind;
import io.narthex.promql.ast.Features;
import io.narthex.promql.value.PlanReport;
import io.narthex.promql.value.QueryResult;
import io.narthex.promql.value.Value;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What the engine is around the language: limits, failures, hints, threads.
class PromqlEngineTest {

  private static final EngineOptions OPTIONS =
      new EngineOptions(1000, 5000, 2, 300_000, 60_000, Features.NONE);

  private final SeriesInMemory storage =
      new SeriesInMemory()
          .add(Labels.of(Labels.NAME, "a_total", "x", "1"), 60_000, 0, 60, 120, 180, 240)
          .add(Labels.of(Labels.NAME, "a_total", "x", "2"), 60_000, 0, 30, 60, 90, 120)
          .add(Labels.of(Labels.NAME, "b", "x", "1"), 60_000, 1, 2, 3, 4, 5);

  private static PromqlEngine engine(EngineOptions options) {
    return new PromqlEngine(options, Clock.system(), new Metrics());
  }

  private QueryResult instant(String query) {
    try (PromqlEngine engine = engine(OPTIONS)) {
      return engine.instant(storage, query, 240_000, QueryParams.DEFAULT);
    }
  }

  private QueryException fails(String query) {
    return assertThrows(QueryException.class, () -> instant(query));
  }

  @Test
  void namesGoAtOnceUnlessTheirRemovalIsPutOff() {
    Value.Vector vector = (Value.Vector) instant("sum by (__name__) (rate(a_total[4m]))").value();
    assertEquals(List.of(Labels.EMPTY), vector.samples().stream().map(s -> s.labels()).toList());
    QueryException clash = fails("rate({__name__=~\"a_total|b\", x=\"1\"}[4m])");
    assertEquals("vector cannot contain metrics with the same labelset", clash.getMessage());
    assertEquals(Kind.EXECUTION, clash.kind());
  }

  @Test
  void subqueriesWithoutAStepTakeTheOneInForce() {
    try (PromqlEngine engine = engine(OPTIONS)) {
      assertEquals(4, counted(engine));
      engine.defaultSubqueryStep(30_000);
      assertEquals(8, counted(engine));
    }
  }

  private double counted(PromqlEngine engine) {
    String query = "count_over_time(b[4m:])";
    Value.Vector vector =
        (Value.Vector) engine.instant(storage, query, 240_000, QueryParams.DEFAULT).value();
    return vector.samples().getFirst().value();
  }

  @Test
  void aQueryThatIsNoneIsTheUsersMistake() {
    assertEquals(Kind.BAD_DATA, fails("sum(").kind());
    try (PromqlEngine engine = engine(OPTIONS)) {
      QueryException matrix =
          assertThrows(
              QueryException.class,
              () -> engine.range(storage, "b[1m]", 0, 60_000, 1000, QueryParams.DEFAULT));
      assertEquals(
          "invalid expression type \"range vector\" for range query, must be Scalar or instant"
              + " Vector",
          matrix.getMessage());
      assertThrows(
          QueryException.class,
          () -> engine.range(storage, "b", 0, 60_000, 0, QueryParams.DEFAULT));
    }
    assertEquals("1:1: duration must be greater than 0", durations("b[step()]"));
  }

  private String durations(String query) {
    return String.valueOf(fails(query).getMessage()).replaceFirst("^[0-9]+:[0-9]+", "1:1");
  }

  @Test
  void tooManySamplesEndAQuery() {
    try (PromqlEngine engine = engine(OPTIONS)) {
      QueryException e =
          assertThrows(
              QueryException.class,
              () -> engine.range(storage, "b", 0, 240_000, 100, QueryParams.DEFAULT));
      assertEquals(
          "query processing would load too many samples into memory in query execution",
          e.getMessage());
      assertEquals(Kind.EXECUTION, e.kind());
    }
  }

  @Test
  void aQueryEndsWhenItsTimeIsOver() {
    AtomicLong nanos = new AtomicLong();
    Clock fast =
        new Clock() {
          @Override
          public long nowMs() {
            return 0;
          }

          @Override
          public long nanoTime() {
            return nanos.addAndGet(3_000_000_000L);
          }
        };
    try (PromqlEngine engine = new PromqlEngine(OPTIONS, fast, new Metrics())) {
      QueryException e =
          assertThrows(
              QueryException.class,
              () -> engine.instant(storage, "sum(b)", 0, QueryParams.DEFAULT));
      assertEquals("query timed out in expression evaluation", e.getMessage());
      assertEquals(Kind.TIMEOUT, e.kind());
    }
  }

  @Test
  void nobodyWaitsForACancelledQuery() {
    try (PromqlEngine engine = engine(OPTIONS)) {
      QueryException e =
          assertThrows(
              QueryException.class,
              () -> engine.instant(storage, "b", 0, new QueryParams(0, 0, () -> true)));
      assertEquals("query was canceled in expression evaluation", e.getMessage());
      assertEquals(Kind.CANCELED, e.kind());
    }
  }

  @Test
  void aBrokenStorageIsNotTheUsersFault() {
    Queryable broken =
        (minMs, maxMs) -> {
          throw new StorageException("disk gone");
        };
    try (PromqlEngine engine = engine(OPTIONS)) {
      QueryException e =
          assertThrows(
              QueryException.class, () -> engine.instant(broken, "b", 0, QueryParams.DEFAULT));
      assertEquals("disk gone", e.getMessage());
      assertEquals(Kind.INTERNAL, e.kind());
    }
  }

  @Test
  void theStorageLearnsWhatIsWanted() {
    try (PromqlEngine engine = engine(OPTIONS)) {
      engine.range(
          storage,
          "sum by (x) (rate(a_total[2m] offset 1m))",
          240_000,
          300_000,
          30_000,
          QueryParams.DEFAULT);
      engine.range(storage, "sum by (x) (b)", 240_000, 300_000, 30_000, QueryParams.DEFAULT);
    }
    assertEquals(
        new SelectHints(60_001, 240_000, 30_000, 120_000, "rate", List.of(), false, 0),
        storage.selections.get(0));
    assertEquals(
        new SelectHints(-59_999, 300_000, 30_000, 0, "sum", List.of("x"), true, 0),
        storage.selections.get(1));
  }

  @Test
  void theQuerierSeesTheSpanOfAllSelectors() {
    long[] span = new long[2];
    Queryable watching =
        (minMs, maxMs) -> {
          span[0] = minMs;
          span[1] = maxMs;
          Querier querier = storage.querier(minMs, maxMs);
          return querier;
        };
    try (PromqlEngine engine = engine(OPTIONS)) {
      engine.instant(
          watching, "b + on (x) max_over_time(b[10m:1m] @ 100)", 600_000, QueryParams.DEFAULT);
    }
    assertEquals(100_000 - 600_000 - 300_000 + 1, span[0]);
    assertEquals(600_000, span[1]);
  }

  @Test
  void statsCountTheSamplesThatStepsLookAt() {
    QueryResult result = instant("sum(sum_over_time(b[3m]))");
    assertEquals(3, result.stats().totalQueryableSamples());
    assertTrue(result.stats().peakSamples() >= 1);
  }

  @Test
  void onlyTenNotesOfAKindAreShown() {
    SeriesInMemory many = new SeriesInMemory();
    for (int i = 0; i < 15; i++) {
      many.add(Labels.of(Labels.NAME, "gauge_" + i, "i", "" + i), 60_000, 1, 2, 3);
    }
    try (PromqlEngine engine = engine(OPTIONS)) {
      QueryResult result =
          engine.instant(many, "rate({__name__=~\"gauge.*\"}[5m])", 120_000, QueryParams.DEFAULT);
      assertEquals(11, result.infos().size());
      assertEquals("5 more info annotations omitted", result.infos().getLast());
      assertEquals(
          "PromQL info: metric might not be a counter, name does not end in"
              + " _total/_sum/_count/_bucket: \"gauge_0\" (1:6)",
          result.infos().getFirst());
    }
  }

  @Test
  void severalThreadsSayTheSameAsOne() {
    long seed = 42;
    Random random = new Random(seed);
    SeriesInMemory many = new SeriesInMemory();
    for (int i = 0; i < 500; i++) {
      SampleBuffer samples = new SampleBuffer();
      for (int s = 0; s < 60; s++) {
        if (random.nextInt(10) > 0) {
          samples.add(s * 10_000, random.nextInt(100));
        }
      }
      many.add(Labels.of(Labels.NAME, "m_total", "g", "" + i % 7, "i", "" + i), samples);
    }
    EngineOptions options =
        new EngineOptions(10_000_000, 100_000, 2, 300_000, 60_000, Features.ALL);
    String[] queries = {
      "sum by (g) (m_total)",
      "avg by (g) (m_total)",
      "count(changes(m_total[1m]) > 2)",
      "topk by (g) (3, m_total)",
      "bottomk(4, m_total)",
      "quantile by (g) (0.7, m_total)",
      "max without (i) (max_over_time(m_total[2m]))",
      "stddev by (g) (m_total)",
      "limitk by (g) (2, m_total)",
      "m_total * on (i) group_left m_total",
      "resets(m_total[3m]) or m_total"
    };
    try (PromqlEngine one = new PromqlEngine(options, Clock.system(), new Metrics(), 1);
        PromqlEngine four = new PromqlEngine(options, Clock.system(), new Metrics(), 4)) {
      for (String query : queries) {
        assertEquals(
            texts(one.range(many, query, 0, 600_000, 15_000, QueryParams.DEFAULT)),
            texts(four.range(many, query, 0, 600_000, 15_000, QueryParams.DEFAULT)),
            query + " with seed " + seed);
      }
    }
  }

  /// Every point as text, floats to nine digits: shares are merged in another order than series are
  /// added.
  private static List<String> texts(QueryResult result) {
    return ((Value.Matrix) result.value()).series().stream().map(PromqlEngineTest::text).toList();
  }

  private static String text(Value.Points series) {
    StringBuilder out = new StringBuilder(series.labels().toString());
    for (int i = 0; i < series.points().size; i++) {
      out.append(' ').append(series.points().timesMs[i]);
      out.append('=').append(String.format("%.9g", series.points().values[i]));
    }
    return out.toString();
  }

  @Test
  void theQueueLetsOnlySoManyIn() throws InterruptedException {
    EngineOptions options = new EngineOptions(1000, 50, 1, 300_000, 60_000, Features.NONE);
    try (PromqlEngine engine = engine(options)) {
      Queryable second =
          (minMs, maxMs) -> {
            QueryException e =
                assertThrows(
                    QueryException.class,
                    () -> engine.instant(storage, "b", 0, QueryParams.DEFAULT));
            assertEquals("query timed out in query queue", e.getMessage());
            return storage.querier(minMs, maxMs);
          };
      engine.instant(second, "b", 0, new QueryParams(0, 0, () -> false));
    } catch (QueryException e) {
      // The first query waited for the second, so that its own time may be over by now.
      assertEquals(Kind.TIMEOUT, e.kind());
    }
  }

  @Test
  void peakSamplesAreThoseOfThePlanWhereItHoldsMost() {
    assertEquals(5, peak("b[5m]"), "the samples of a range");
    assertEquals(5, peak("b + 1"), "both arguments a second time, and the result");
    assertEquals(2, peak("sum(a_total)"), "the argument, or the result if that is more");
    assertEquals(6, peak("abs(a_total)"));
  }

  private int peak(String query) {
    return instant(query).stats().peakSamples();
  }

  @Test
  void stepsAndNodesAreCountedApartIfSomebodyAsks() {
    try (PromqlEngine engine = engine(OPTIONS)) {
      QueryParams steps = QueryParams.DEFAULT.with(QueryParams.Detail.STEPS);
      QueryResult result =
          engine.range(storage, "sum(count_over_time(b[2m]))", 0, 240_000, 60_000, steps);
      assertArrayEquals(new long[] {1, 2, 2, 2, 2}, result.stats().samplesPerStep());
      assertEquals(9, result.stats().totalQueryableSamples());
      assertNull(result.plan());
      QueryParams nodes = QueryParams.DEFAULT.with(QueryParams.Detail.NODES);
      PlanReport plan = engine.instant(storage, "sum(-a_total) > 3", 240_000, nodes).plan();
      assertNotNull(plan);
      assertEquals("binary operator > sum(-a_total) > 3", title(plan));
      PlanReport sum = plan.arguments().getFirst();
      assertEquals("aggregation sum sum(-a_total)", title(sum));
      assertEquals(1, sum.series());
      PlanReport selector = sum.arguments().getFirst().arguments().getFirst();
      assertEquals("selector  a_total", title(selector));
      assertEquals(2, selector.series());
      assertEquals(2, selector.samples());
      assertTrue(plan.nanos() >= selector.nanos() && selector.nanos() > 0);
    }
  }

  private static String title(PlanReport plan) {
    return plan.node() + " " + plan.detail() + " " + plan.text();
  }

  @Test
  void aRunningQueryIsListedAndCanBeEnded() {
    try (PromqlEngine engine = engine(OPTIONS)) {
      List<RunningQuery> seen = new ArrayList<>();
      Queryable watching =
          (minMs, maxMs) -> {
            seen.addAll(engine.running());
            assertTrue(engine.cancel(seen.getFirst().id()));
            return storage.querier(minMs, maxMs);
          };
      QueryParams rule = QueryParams.DEFAULT.with(new QueryOrigin.Rules("rules.yml", "all"));
      QueryException e =
          assertThrows(QueryException.class, () -> engine.instant(watching, "b", 7, rule));
      assertEquals("query was canceled in expression evaluation", e.getMessage());
      assertEquals("b", seen.getFirst().query());
      assertEquals(7, seen.getFirst().startMs());
      assertFalse(seen.getFirst().waiting());
      assertEquals(new QueryOrigin.Rules("rules.yml", "all"), seen.getFirst().origin());
      assertEquals(List.of(), engine.running());
      assertFalse(engine.cancel(seen.getFirst().id()));
    }
  }

  @Test
  void observersHearOfGoodAndBadQueries() {
    List<String> heard = new ArrayList<>();
    try (PromqlEngine engine = engine(OPTIONS)) {
      engine.observe(
          new QueryObserver() {
            @Override
            public Runnable began(String query) {
              heard.add("began " + query);
              return () -> heard.add("over");
            }

            @Override
            public void ended(Ended query) {
              heard.add("ended " + query.query() + " " + query.error());
            }
          });
      engine.instant(storage, "b", 240_000, QueryParams.DEFAULT);
      assertThrows(
          QueryException.class,
          () -> engine.instant(storage, "topk(NaN, b)", 240_000, QueryParams.DEFAULT));
    }
    assertEquals(
        List.of(
            "began b",
            "over",
            "ended b null",
            "began topk(NaN, b)",
            "over",
            "ended topk(NaN, b) Parameter value is NaN"),
        heard);
  }
}
