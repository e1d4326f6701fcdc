package io.narthex.promql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Clock;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.promql.ast.Features;
import io.narthex.promql.value.Value;
import io.narthex.storage.SampleBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// At one step, series weigh more than their values: what is held of them counts, too.
class ManySeriesBudgetTest {

  private static final int SERIES = 20_000;

  private final SeriesInMemory storage = storage();

  private static SeriesInMemory storage() {
    SeriesInMemory storage = new SeriesInMemory();
    for (int i = 0; i < SERIES; i++) {
      SampleBuffer samples = new SampleBuffer(2);
      samples.add(1000, i);
      samples.add(2000, i);
      storage.add(Labels.of(Labels.NAME, "x", "group", "g" + i % 7, "id", "id" + i), samples);
    }
    return storage;
  }

  private Value ask(String query, long bytesASeries) {
    EngineOptions options =
        new EngineOptions(
            50_000_000,
            60_000,
            1,
            300_000,
            60_000,
            Features.NONE,
            SERIES * bytesASeries,
            SERIES * bytesASeries);
    try (PromqlEngine engine = new PromqlEngine(options, Clock.system(), new Metrics())) {
      return engine.instant(storage, query, 2000, QueryParams.DEFAULT).value();
    }
  }

  private void refused(String query, long bytesASeries) {
    QueryException refused =
        assertThrows(QueryException.class, () -> ask(query, bytesASeries), query);
    assertTrue(String.valueOf(refused.getMessage()).contains(" needs at least "), query);
  }

  @Test
  void theSeriesThatASelectorFindsCount() {
    for (String query : List.of("count(x)", "sum by (group) (rate(x[5m]))", "topk(5, x)")) {
      refused(query, 100);
      ask(query, 150);
    }
  }

  @Test
  void whatIsHeldOfSeriesCounts() {
    for (String query :
        List.of(
            "x or x",
            "x unless on(id) x",
            "x + on(id) x",
            "x + on(id) group_left(group) x",
            "x[5m]",
            "x[5m:1s]",
            "sort(x)",
            "group by (id) (x)",
            "quantile by (id) (0.5, x)",
            "topk(100000, x)",
            "count_values(\"v\", x)",
            "label_replace(x, \"n\", \"$1\", \"id\", \"(.*)\")")) {
      refused(query, 190);
      ask(query, 1500);
    }
    refused("count(topk(100000, x))", 190);
    assertEquals(7, ((Value.Vector) ask("quantile by (group) (0.5, x)", 190)).samples().size());
  }
}
