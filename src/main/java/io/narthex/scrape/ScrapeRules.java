package io.narthex.scrape;

/// How the samples of one target are taken.
///
/// @param convertsClassic whether classic histograms become native ones
/// @param keepsClassic whether they are stored as they are beside that
/// @param typeAndUnitLabels whether series get `__type__` and `__unit__`
record ScrapeRules(
    LabelMutator mutator,
    boolean honorTimestamps,
    boolean trackTimestampsStaleness,
    boolean convertsClassic,
    boolean keepsClassic,
    boolean typeAndUnitLabels) {

  static ScrapeRules of(LabelMutator mutator, ScrapeProfile profile) {
    ScrapeConfig config = profile.config();
    return new ScrapeRules(
        mutator,
        config.honorTimestamps(),
        config.trackTimestampsStaleness(),
        config.convertClassicHistogramsToNhcb(),
        config.alwaysScrapeClassicHistograms(),
        profile.typeAndUnitLabels());
  }
}
