package io.narthex.scrape;

import io.narthex.storage.Appendable;

/// What a target answered last: the table of its lines. Belongs to one scrape at a time.
final class ScrapeCache {

  /// Length of the body.
  int lengthBytes;

  LineTable lines = new LineTable(0);

  /// Whether all series were ended by stale markers since they were last seen.
  boolean ended = true;

  /// Whether references may be provisional, because storage was not open yet when they came.
  boolean provisional;

  final MetadataStore metadata;

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
    provisional = false;
  }
}
