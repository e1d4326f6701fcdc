package io.narthex.scrape;

import io.narthex.model.relabel.Relabeler;
import java.util.List;

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
        AcceptHeader.of(readable(config.protocols()), config.nameEscaping()),
        typeAndUnitLabels);
  }

  /// Protobuf is not read yet: a target that can do it would send it if it was asked for. One that
  /// is to send nothing else fails.
  private static List<ScrapeProtocol> readable(List<ScrapeProtocol> protocols) {
    List<ScrapeProtocol> texts =
        protocols.stream().filter(p -> p != ScrapeProtocol.PROMETHEUS_PROTO).toList();
    return texts.isEmpty() ? protocols : texts;
  }
}
