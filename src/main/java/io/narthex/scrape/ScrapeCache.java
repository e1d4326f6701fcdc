package io.narthex.scrape;

import io.narthex.model.exposition.ExpositionFormat;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appendable;
import java.util.HashMap;
import java.util.Map;

/// What a target answered last: the table of its lines. Belongs to one scrape at a time.
final class ScrapeCache {

  /// Length of the body.
  int lengthBytes;

  LineTable lines = new LineTable(0);

  /// Format of the body; only kept where start timestamps are wanted.
  ExpositionFormat format = ExpositionFormat.TEXT;

  /// Whether all series were ended by stale markers since they were last seen.
  boolean ended = true;

  /// Whether references may be provisional, because storage was not open yet when they came.
  boolean provisional;

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
    provisional = false;
  }

  /// Exchanges provisional references for those that storage has given since.
  void settle(Appendable storage) {
    for (int i = 0; i < lines.size; i++) {
      if (!lines.is(i, LineTable.COMMENT)) {
        lines.refs[i] = storage.settled(lines.refs[i]);
      }
    }
    classic.values().forEach(series -> series.ref = storage.settled(series.ref));
    provisional = false;
  }
}
