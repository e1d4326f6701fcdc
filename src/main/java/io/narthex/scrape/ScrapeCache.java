package io.narthex.scrape;

import io.narthex.model.labels.Labels;
import java.util.HashMap;
import java.util.Map;

/// What a target answered last: the table of its lines. Belongs to one scrape at a time.
final class ScrapeCache {

  /// Length of the body.
  int lengthBytes;

  LineTable lines = new LineTable(0);

  /// Whether all series were ended by stale markers since they were last seen.
  boolean ended = true;

  final MetadataStore metadata;

  /// Series made of classic histograms, by the labels that the target exposes.
  final Map<Labels, ClassicSeries> classic = new HashMap<>(0);

  ScrapeCache(MetadataStore metadata) {
    this.metadata = metadata;
  }

  /// Forgets the lines; the metadata stay.
  void forget() {
    lengthBytes = 0;
    lines = new LineTable(0);
    ended = true;
  }
}
