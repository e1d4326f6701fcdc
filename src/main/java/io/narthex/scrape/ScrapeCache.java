package io.narthex.scrape;

/// What a target answered last: the body, once, and the table of its lines. Belongs to one scrape
/// at a time.
final class ScrapeCache {

  private static final byte[] NO_BODY = {};

  byte[] body = NO_BODY;
  int lengthBytes;
  LineTable lines = new LineTable(0);

  /// Whether all series were ended by stale markers since they were last seen.
  boolean ended = true;

  final MetadataStore metadata;

  ScrapeCache(MetadataStore metadata) {
    this.metadata = metadata;
  }

  /// Forgets body and lines; the metadata stay.
  void forget() {
    body = NO_BODY;
    lengthBytes = 0;
    lines = new LineTable(0);
    ended = true;
  }
}
