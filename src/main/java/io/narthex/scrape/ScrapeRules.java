package io.narthex.scrape;

/// How the samples of one target are taken.
///
/// @param convertsClassic whether classic histograms become native ones
/// @param keepsClassic whether they are stored as they are beside that
record ScrapeRules(
    LabelMutator mutator,
    boolean honorTimestamps,
    boolean trackTimestampsStaleness,
    boolean convertsClassic,
    boolean keepsClassic) {

  static ScrapeRules of(LabelMutator mutator, ScrapeConfig config) {
    return new ScrapeRules(
        mutator,
        config.honorTimestamps(),
        config.trackTimestampsStaleness(),
        config.convertClassicHistogramsToNhcb(),
        config.alwaysScrapeClassicHistograms());
  }
}
