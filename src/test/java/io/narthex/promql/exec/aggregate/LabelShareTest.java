package io.narthex.promql.exec.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The share that `limit_ratio` chooses must be the reference's.
class LabelShareTest {

  /// What promtool 3.5.3 answers for `limit_ratio(0.3, m)`.
  @Test
  void theSameSeriesAreChosenAsByPrometheus() {
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Labels labels = Labels.of(Labels.NAME, "m", "i", "" + i, "job", "some-rather-long-job-name");
      if (LabelShare.of(labels) < 0.3) {
        chosen.add(i);
      }
    }
    assertEquals(List.of(2, 3, 4, 7, 15, 20, 21, 23, 28), chosen);
  }
}
