package io.narthex.scrape;

import io.narthex.model.exposition.ExpositionParser;

/// Gives the samples of a scrape their start timestamps. In OpenMetrics these are lines of their
/// own, `_created` ones, that may stand before, between or behind the samples that they are about;
/// so this happens when a body was read to its end. While the shape of a body stays the same, the
/// lines that belong together stay connected. Source: prometheus
/// `model/textparse/openmetricsparse.go`.
final class StartStager {

  private final StartTimestamps wanted;

  StartStager(StartTimestamps wanted) {
    this.wanted = wanted;
  }

  /// Stages the starts of all samples of lines that are connected.
  void stage(LineTable lines, ScrapeBatch batch, long scrapeMs) {
    for (int i = 0; i < batch.samples(); i++) {
      stage(lines, batch.line(i), i, batch, scrapeMs);
    }
  }

  /// Stages the start of one sample, of line `line`.
  void stage(LineTable lines, int line, int sample, ScrapeBatch batch, long scrapeMs) {
    LineStarts since = lines.keepStarts();
    int created = since.created[line];
    long startMs = created < 0 ? 0 : ExpositionParser.startMs(lines.values[created]);
    if (startMs == 0) {
      return;
    }
    long zeroMs = lines.refs[line] == 0 ? 0 : since.zerosMs[line];
    since.zerosMs[line] = wanted.stage(batch, sample, startMs, scrapeMs, zeroMs);
  }

  /// Finds out which line is about which: a `_created` line about the samples of its metric behind
  /// the last such line or comment before it, and about those that follow it directly.
  static void connect(LineTable lines) {
    LineStarts since = lines.keepStarts();
    int open = 0;
    int last = LineStarts.NONE;
    for (int i = 0; i < lines.size; i++) {
      since.created[i] = LineStarts.NONE;
      if (lines.is(i, LineTable.COMMENT)) {
        open = i + 1;
      } else if (lines.is(i, LineTable.CREATED)) {
        connect(since, open, i);
        open = i + 1;
        last = i;
      } else {
        boolean follows = last != LineStarts.NONE && since.keys[i] == since.keys[last];
        last = follows ? last : LineStarts.NONE;
        since.created[i] = last;
      }
    }
  }

  private static void connect(LineStarts since, int from, int created) {
    for (int i = from; i < created; i++) {
      if (since.keys[i] == since.keys[created]) {
        since.created[i] = created;
      }
    }
  }
}
