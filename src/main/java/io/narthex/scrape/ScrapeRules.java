package io.narthex.scrape;

/// How the samples of one target are taken.
record ScrapeRules(
    LabelMutator mutator, boolean honorTimestamps, boolean trackTimestampsStaleness) {

  static ScrapeRules of(LabelMutator mutator, ScrapeConfig config) {
    return new ScrapeRules(mutator, config.honorTimestamps(), config.trackTimestampsStaleness());
  }
}
