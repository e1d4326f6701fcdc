package io.narthex.promql.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.clock.Clock;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.EngineOptions;
import io.narthex.promql.PromqlEngine;
import io.narthex.promql.QueryParams;
import io.narthex.promql.SeriesInMemory;
import io.narthex.promql.value.QueryResult;
import io.narthex.storage.SampleBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a join of vectors says beside its result.
final class JoinNotesTest {

  private final SeriesInMemory storage = new SeriesInMemory();

  private QueryResult instant(String query) {
    try (PromqlEngine engine =
        new PromqlEngine(EngineOptions.defaults(), Clock.system(), new Metrics())) {
      QueryParams steps = QueryParams.DEFAULT.with(QueryParams.Detail.STEPS);
      return engine.instant(storage, query, 0, steps);
    }
  }

  private static Labels labels(String name, String i, String k) {
    return Labels.of(Labels.NAME, name, "i", i, "k", k);
  }

  private static SampleBuffer histogram() {
    SampleBuffer samples = new SampleBuffer();
    double[] none = {};
    samples.add(
        0,
        new FloatHistogram(
            FloatHistogram.ResetHint.GAUGE,
            0,
            0,
            0,
            1,
            1,
            new int[] {0, 1},
            new double[] {1},
            new int[0],
            none,
            none));
    return samples;
  }

  /// Each series counts once, those that have several partners and those that have none.
  @Test
  void samplesOfTheOneSideCountOnce() {
    storage
        .add(labels("many", "0", "a"), 1, 1)
        .add(labels("many", "0", "b"), 1, 1)
        .add(labels("one", "0", ""), 1, 1)
        .add(labels("one", "1", ""), 1, 1)
        .add(labels("one", "2", ""), 1, 1);
    QueryResult result = instant("many * on (i) group_left () one");
    assertEquals(5, result.stats().totalQueryableSamples());
  }

  /// Of several notes that one step gives to an operator, that of the last series of the many side
  /// stays, whichever side that is.
  @Test
  void aStepHasOneNote() {
    storage
        .add(labels("one", "0", ""), histogram())
        .add(labels("many", "0", "a"), histogram())
        .add(labels("many", "0", "b"), 1, 1);
    String expected =
        "PromQL info: incompatible sample types encountered for binary operator \">\": histogram >"
            + " float (1:1)";
    assertEquals(List.of(expected), instant("one > bool on (i) group_right (k) many").infos());
    String swapped = expected.replace("histogram > float", "float > histogram");
    assertEquals(List.of(swapped), instant("many > bool on (i) group_left (k) one").infos());
  }
}
