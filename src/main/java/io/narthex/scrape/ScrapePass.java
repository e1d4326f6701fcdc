package io.narthex.scrape;

import io.narthex.model.exposition.DecimalScanner;
import io.narthex.model.exposition.ExpositionFormat;
import io.narthex.model.exposition.ExpositionParser;
import io.narthex.model.exposition.ExpositionParser.Entry;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.MetricType;
import io.narthex.storage.Appendable;
import io.narthex.storage.Appender;
import io.narthex.storage.Appender.Commit;
import org.jspecify.annotations.Nullable;

/// Reads one body against the body before, and stages its samples.
///
/// Of the body before only the length and hash of each series text are left. An entry of the new
/// body whose next bytes have the length and hash of the next old entry is that entry: only its
/// value is read, nothing is parsed, looked up or copied. That leaves the table of lines in place.
/// Where they differ, the shape of the body has changed: the rest of the table is set aside, the
/// new line is parsed and looked for in what was set aside, first near the place and then by an
/// index, and the comparison goes on behind it. A body that is seen for the first time is the same
/// case with nothing set aside.
///
/// ```
/// old  40 bytes #5be1... 1027   |   40 bytes #a72c... 3
/// new  http_requests_total{code="200"} 1031|http_requests_total{code="500"} 3|...
///      hash of the next 40 bytes ^ the same: read the value, go on behind the line
/// ```
///
/// Reused from scrape to scrape; not thread-safe.
final class ScrapePass {

  /// Old lines beyond the expected one that are tried before the index.
  private static final int LOOK_AHEAD = 8;

  private static final ScrapeCache NO_CACHE = new ScrapeCache(new MetadataStore(new TextPool()));

  private static final byte[] NO_BODY = {};

  private final DecimalScanner decimals = new DecimalScanner();
  private final TextIndex index = new TextIndex();
  private final ExpositionParser textParser = ExpositionParser.of(ExpositionFormat.TEXT);
  private final ExpositionParser metricsParser = ExpositionParser.of(ExpositionFormat.OPEN_METRICS);

  private final LineStager stager;
  final ScrapeBatch batch;

  private final boolean wantsStarts;

  private ExpositionParser parser = textParser;
  private boolean isText;
  private ScrapeCache cache;

  private byte[] body = NO_BODY;
  private int lengthBytes;

  /// Next byte of the body, and the type that holds there.
  private int at;

  private MetricType type = MetricType.UNKNOWN;

  /// The family that was last spoken of, -1 if none was, and its unit, if it said one.
  private int family = -1;

  private String unit = "";

  /// The table that is being made.
  private LineTable lines;

  /// Where old lines come from: `lines` itself while the shape is the same, then what was set
  /// aside.
  private LineTable old;

  /// Next line of `old`.
  private int next;

  private boolean indexed;

  private @Nullable Appender appender;

  /// A pass that does not look at start timestamps.
  ScrapePass() {
    this(StartTimestamps.IGNORED);
  }

  ScrapePass(StartTimestamps wanted) {
    wantsStarts = wanted.wanted();
    cache = NO_CACHE;
    lines = NO_CACHE.lines;
    old = NO_CACHE.lines;
    stager = new LineStager(lines, wanted);
    batch = stager.batch;
  }

  /// The appender of this pass: one for all its scrapes, whose columns have grown already.
  ///
  /// @param storage always the same
  Appender appender(Appendable storage) {
    if (appender == null || appender.isProvisional()) {
      appender = storage.appender();
    }
    return appender;
  }

  /// Goes over to another target.
  void open(ScrapeCache target, ScrapeRules with, long scrapeMs) {
    cache = target;
    lines = cache.lines;
    stager.open(lines, cache.metadata, with, scrapeMs);
    old = cache.lines;
    next = 0;
    at = 0;
    indexed = false;
    type = MetricType.UNKNOWN;
    family = -1;
    unit = "";
  }

  /// Reads `newBody[0, length)` and stages its samples and the ends of series that vanished. The
  /// body must stay as it is until `close`.
  ///
  /// @throws io.narthex.model.exposition.ExpositionException if the body is not well-formed
  /// @throws ScrapeException if a limit is exceeded
  void read(byte[] newBody, int length, ExpositionFormat format) {
    body = newBody;
    lengthBytes = length;
    isText = format == ExpositionFormat.TEXT;
    parser = isText ? textParser : metricsParser;
    parser.reset(body, length);
    stager.parser(parser);
    stager.classic(body, length, format);
    cache.metadata.begin();
    boolean complete = false;
    try {
      if (wantsStarts) {
        beginStarts(format);
      }
      compare();
      while (parse()) {}
      complete = true;
    } finally {
      if (!complete) {
        abandon();
      }
    }
    if (wantsStarts && !isInPlace()) {
      StartStager.connect(lines);
    }
    lines.trim();
    cache.lengthBytes = length;
    cache.lines = lines;
    cache.metadata.end();
    stager.converted(cache.classic);
    if (batch.limitExceeded) {
      throw new ScrapeException(ScrapeException.Kind.SAMPLE_LIMIT, "sample limit exceeded");
    }
    if (batch.bucketLimitExceeded) {
      throw new ScrapeException(
          ScrapeException.Kind.BUCKET_LIMIT, "histogram bucket limit exceeded");
    }
    if (wantsStarts) {
      stager.starts();
    }
    endVanished();
    stager.end(cache.classic, false);
    cache.ended = false;
  }

  /// What a line is to start timestamps depends on the format: in another one than before, all
  /// lines are parsed again.
  private void beginStarts(ExpositionFormat format) {
    lines.keepStarts();
    if (format != cache.format) {
      old = lines.splitOff(0);
      next = old.size;
      cache.format = format;
    }
  }

  /// Lets go of the target.
  void close() {
    body = NO_BODY;
    parser.reset(body, 0);
    index.clear();
    cache = NO_CACHE;
    lines = NO_CACHE.lines;
    old = NO_CACHE.lines;
    stager.close(lines);
  }

  private boolean isInPlace() {
    return old == lines;
  }

  /// Takes lines over from the body before until one body ends.
  private void compare() {
    while (skipToFree()) {
      while (at < lengthBytes && body[at] == '\n') {
        at++;
      }
      boolean known = isNext();
      if (known && old.is(next, LineTable.COMMENT)) {
        comment(next);
        int start = at;
        at += old.textLengths[next];
        take(start, old.values[next], old.flags[next]);
      } else if (!(known && value(at + old.textLengths[next])) && !parse()) {
        return;
      }
    }
  }

  /// Whether the text of the next old line stands here.
  private boolean isNext() {
    int length = old.textLengths[next];
    return at + length <= lengthBytes && TextHash.of(body, at, length) == old.hashes[next];
  }

  /// Moves to the next old line that a new one may be; false if there is none.
  private boolean skipToFree() {
    while (next < old.size && !isNextFree()) {
      next++;
    }
    return next < old.size;
  }

  /// Lines that were set aside are no use once they were found, and repetitions may have lost what
  /// they repeat.
  private boolean isNextFree() {
    return isInPlace() || !old.is(next, LineTable.TAKEN | LineTable.REPEATED);
  }

  private void comment(int i) {
    if (old.values[i] >= 0) {
      type = LineTable.TYPES[(int) old.values[i]];
    }
    if (old.refs[i] >= 0) {
      int id = (int) old.refs[i];
      cache.metadata.seen(id);
      about(id, old.is(i, LineTable.UNIT));
    }
  }

  /// A comment speaks of a family, and maybe of its unit.
  private void about(int id, boolean saysUnit) {
    if (saysUnit) {
      unit = cache.metadata.unit(id);
    } else if (id != family) {
      unit = "";
    }
    family = id;
  }

  /// Makes the next old line a line of the new table; returns its index there.
  private int take(int start, double value, int flags) {
    int i = next++;
    if (isInPlace()) {
      lines.starts[i] = start;
      lines.values[i] = value;
      lines.flags[i] = (byte) flags;
      return i;
    }
    old.flags[i] |= LineTable.TAKEN;
    int line = lines.add(start, old.textLengths[i], old.hashes[i], old.refs[i], value, flags);
    lines.inherit(line, old, i);
    return line;
  }

  /// Reads what stands behind the text of the next old line; false if it is another series.
  private boolean value(int textEnd) {
    int i = textEnd;
    if (isText) {
      while (i < lengthBytes && (body[i] == ' ' || body[i] == '\t')) {
        i++;
      }
      if (i < lengthBytes && body[i] == '{' || i == textEnd && body[i - 1] != '}') {
        return false;
      }
    } else if (i >= lengthBytes || body[i++] != ' ') {
      return false;
    }
    if (i < lengthBytes && decimals.scan(body, i, lengthBytes)) {
      int end = decimals.end();
      if (end < lengthBytes && body[end] == '\n') {
        double value = decimals.value();
        int flags = old.flags[next] & ~LineTable.SUFFIX | LineTable.TRACKED;
        int line = take(at, value, flags);
        at = end + 1;
        stager.plain(line, flags, value);
        return true;
      }
    }
    rest(at, textEnd);
    at = parser.entryEnd();
    return true;
  }

  /// Takes the next old line over with a value that is read the long way.
  private void rest(int start, int textEnd) {
    parser.seriesRest(start, textEnd);
    int flags = old.flags[next] & (LineTable.LASTING | LineTable.REPEATED) | stager.suffixFlags();
    int line = take(start, parser.value(), flags);
    stager.parsed(line, flags);
  }

  /// The labels of a line, made anew from its text.
  Labels labels(int line) {
    return stager.labels(line);
  }

  /// Parses one entry; false at the end of the body.
  private boolean parse() {
    parser.seek(at, type);
    Entry entry = parser.next();
    boolean end = entry == Entry.END;
    if (end && next == old.size) {
      return false;
    }
    if (isInPlace()) {
      old = lines.splitOff(next);
      next = 0;
    }
    if (end) {
      return false;
    }
    at = parser.entryEnd();
    if (entry == Entry.SERIES) {
      series();
    } else {
      metadata(entry);
      if (next < old.size && old.is(next, LineTable.COMMENT)) {
        next++;
      }
    }
    return true;
  }

  private void metadata(Entry entry) {
    type = parser.type();
    MetadataStore metadata = cache.metadata;
    int id =
        switch (entry) {
          case TYPE -> metadata.type(parser.family(), type);
          case HELP -> metadata.help(parser.family(), parser.text());
          case UNIT -> metadata.unit(parser.family(), parser.text());
          case COMMENT, SERIES, END -> -1;
        };
    int start = parser.entryStart();
    int value = entry == Entry.TYPE ? type.ordinal() : -1;
    int length = at - start;
    boolean saysUnit = entry == Entry.UNIT;
    int flags = saysUnit ? LineTable.COMMENT | LineTable.UNIT : LineTable.COMMENT;
    lines.add(start, length, TextHash.of(body, start, length), id, value, flags);
    if (id >= 0) {
      about(id, saysUnit);
    }
  }

  private void series() {
    int start = parser.entryStart();
    int length = parser.seriesEnd() - start;
    long hash = TextHash.of(body, start, length);
    int known = find(length, hash);
    if (wantsStarts && known >= 0 && parser.isCreated() != old.is(known, LineTable.CREATED)) {
      // It was something else in the format before.
      known = TextIndex.NONE;
    }
    int flags = stager.suffixFlags();
    if (known == TextIndex.NONE) {
      added(start, length, hash, flags);
    } else if (known >= 0 && !old.is(known, LineTable.TAKEN)) {
      next = known;
      flags |= old.flags[known] & LineTable.LASTING;
      int line = take(start, parser.value(), flags);
      keepKey(line);
      stager.parsed(line, flags);
    } else {
      boolean isOld = known >= 0;
      LineTable table = isOld ? old : lines;
      int i = isOld ? known : ~known;
      flags |= table.flags[i] & LineTable.LASTING | LineTable.REPEATED;
      flags &= ~LineTable.TRACKED;
      int line = lines.add(start, length, hash, table.refs[i], parser.value(), flags);
      keepKey(line);
      stager.parsed(line, flags);
    }
  }

  /// The old line with the text, or the complement of the new one, or `NONE`.
  private int find(int length, long hash) {
    int last = Math.min(old.size, next + LOOK_AHEAD);
    for (int i = next; i < last; i++) {
      if (old.textLengths[i] == length
          && old.hashes[i] == hash
          && !old.is(i, LineTable.COMMENT | LineTable.REPEATED | LineTable.TAKEN)) {
        return i;
      }
    }
    if (!indexed) {
      index.build(old, lines);
      indexed = true;
    }
    return index.find(length, hash);
  }

  /// Adds a series that the body before did not have.
  private void added(int start, int length, long hash, int flags) {
    boolean isCreated = wantsStarts && parser.isCreated();
    Labels labels = isCreated ? Labels.EMPTY : stager.mutated(unit);
    int all = labels.isEmpty() ? flags | LineTable.DROPPED : flags;
    all |= isCreated ? LineTable.CREATED : 0;
    int line = lines.add(start, length, hash, 0, parser.value(), all);
    index.addLine(line);
    keepKey(line);
    if (!isCreated) {
      stager.added(line, labels);
    }
  }

  /// Keeps what the line that was parsed has in common with the one that tells its start.
  private void keepKey(int line) {
    if (wantsStarts) {
      lines.keepStarts().keys[line] = parser.startKey(cache.metadata.nameBytes(family));
    }
  }

  /// Stages the ends of the old lines that were not found again.
  private void endVanished() {
    if (!cache.ended && !isInPlace()) {
      stager.end(old);
    }
  }

  /// Stages the ends of all series, as when a scrape has failed or the target is gone.
  void endAll() {
    stager.end(cache.classic, true);
    if (cache.ended) {
      return;
    }
    stager.end(lines);
    if (!isInPlace()) {
      stager.end(old);
    }
    cache.ended = true;
  }

  /// A body could not be read to its end: its lines are no use for the next one. What `endAll`
  /// needs stays in this pass.
  private void abandon() {
    boolean ended = cache.ended;
    cache.forget();
    cache.ended = ended;
  }

  /// Keeps the references of what was made of classic histograms.
  void classicCommitted(Commit commit) {
    stager.committed(commit);
  }

  /// Stages the start of a sample, of line `line`, that is staged once more.
  void startAgain(int line, int sample) {
    if (wantsStarts) {
      stager.startAgain(line, sample);
    }
  }

  /// What was staged is lost: zeros are to be asked for again.
  void lost() {
    if (wantsStarts) {
      lines.keepStarts().forgetZeros();
      cache.classic.values().forEach(series -> series.zeroMs = 0);
    }
  }

  /// The type that holds, the reference and value of line `line` are read and written by those who
  /// commit.
  LineTable lines() {
    return lines;
  }
}
