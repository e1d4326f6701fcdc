package io.narthex.scrape;

import io.narthex.model.labels.Labels;

/// A series of histograms that were classic ones of a target.
final class ClassicSeries {

  /// As stored; empty if relabelling drops the series.
  final Labels labels;

  /// Reference in storage, 0 while unknown.
  long ref;

  /// Time of the last scrape that had it.
  long seenMs;

  /// Whether it ends with a stale marker when it is gone.
  boolean tracked;

  /// The start at which a zero was asked for last, 0 if none was.
  long zeroMs;

  ClassicSeries(Labels labels) {
    this.labels = labels;
  }
}
