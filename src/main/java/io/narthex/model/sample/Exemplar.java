package io.narthex.model.sample;

import io.narthex.model.labels.Labels;

/// An example measurement of a series, mostly with a trace id among its labels. `hasTimestamp` is
/// false where the exposition gave none; `tMs` is then the scrape's.
public record Exemplar(Labels labels, double value, long tMs, boolean hasTimestamp) {}
