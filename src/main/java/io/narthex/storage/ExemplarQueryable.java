package io.narthex.storage;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.Exemplar;
import java.util.List;

/// A storage that keeps exemplars.
public interface ExemplarQueryable {

  /// Exemplars of one series, oldest first.
  record SeriesExemplars(Labels series, List<Exemplar> exemplars) {}

  /// The exemplars with `minMs <= t <= maxMs` (both inclusive) of the series that fulfil all
  /// matchers of at least one of the selectors, series in label order; those without any are left
  /// out.
  List<SeriesExemplars> exemplars(long minMs, long maxMs, List<List<Matcher>> selectors);
}
