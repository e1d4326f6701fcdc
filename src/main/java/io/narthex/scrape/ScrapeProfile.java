package io.narthex.scrape;

import io.narthex.model.relabel.Relabeler;

/// A job's configuration with what is made of it once for all its targets.
///
/// @param samples relabels samples
/// @param accept the `Accept` header
/// @param typeAndUnitLabels whether series get `__type__` and `__unit__`
record ScrapeProfile(
    ScrapeConfig config, Relabeler samples, String accept, boolean typeAndUnitLabels) {

  static ScrapeProfile of(ScrapeConfig config, boolean typeAndUnitLabels) {
    return new ScrapeProfile(
        config,
        new Relabeler(config.metricRelabelConfigs(), config.nameValidation()),
        AcceptHeader.of(config.protocols(), config.nameEscaping()),
        typeAndUnitLabels);
  }
}
