package io.narthex.scrape;

import io.narthex.model.exposition.ExpositionFormat;
import io.narthex.model.exposition.ExpositionParser;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.Exemplar;
import io.narthex.storage.Appender.Commit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts the samples of lines into the batch of a scrape: under their reference where storage took
/// the series the last time, else with labels; and the ends of series that vanished.
///
/// Reused from scrape to scrape; not thread-safe.
final class LineStager {

  /// Flags that decide whether a line's series gets a stale marker.
  private static final int MARKED =
      LineTable.TRACKED
          | LineTable.COMMENT
          | LineTable.DROPPED
          | LineTable.REPEATED
          | LineTable.TAKEN;

  final ScrapeBatch batch = new ScrapeBatch();

  private final ClassicPass classic;
  private final StartStager starts;
  private boolean convertsClassic;
  private boolean dropsClassic;

  private final LabelsBuilder builder = new LabelsBuilder();
  private ExpositionParser parser = ExpositionParser.of(ExpositionFormat.TEXT);
  private @Nullable ScrapeRules rules;
  private LineTable lines;
  private @Nullable MetadataStore metadata;
  private boolean honorTimestamps;
  private boolean trackTimed;
  private long timeMs;

  LineStager(LineTable lines, StartTimestamps wanted) {
    this.lines = lines;
    classic = new ClassicPass(wanted);
    starts = new StartStager(wanted);
  }

  /// Goes over to another target, whose lines are `of`.
  ///
  /// @param says what the target says of its families
  void open(LineTable of, MetadataStore says, ScrapeRules with, long scrapeMs) {
    lines = of;
    metadata = says;
    rules = with;
    honorTimestamps = with.honorTimestamps();
    trackTimed = with.trackTimestampsStaleness();
    timeMs = scrapeMs;
    convertsClassic = with.convertsClassic();
    dropsClassic = convertsClassic && !with.keepsClassic();
  }

  /// Takes what stands behind a series from this parser from now on.
  void parser(ExpositionParser next) {
    parser = next;
  }

  /// Lets go of the target.
  void close(LineTable none) {
    batch.close();
    classic.clear();
    lines = none;
    metadata = null;
    rules = null;
  }

  /// What the parser's entry says about its line.
  int suffixFlags() {
    boolean suffix = parser.hasTimestamp() || parser.hasExemplar();
    boolean tracked = trackTimed || !(honorTimestamps && parser.hasTimestamp());
    return (suffix ? LineTable.SUFFIX : 0) | (tracked ? LineTable.TRACKED : 0);
  }

  /// Stages a line whose sample has neither time nor exemplar.
  void plain(int line, int flags, double value) {
    batch.total++;
    if ((flags & (LineTable.DROPPED | LineTable.REPEATED)) != 0) {
      skip(flags);
      return;
    }
    long ref = lines.refs[line];
    if (ref == 0) {
      unknown(line, timeMs, value, null);
      return;
    }
    batch.added++;
    batch.stage(line, ref, Labels.EMPTY, timeMs, value);
  }

  /// Stages a line whose sample the parser has just read.
  void parsed(int line, int flags) {
    boolean timed = honorTimestamps && parser.hasTimestamp();
    boolean skipped =
        (flags & LineTable.DROPPED) != 0 || (flags & LineTable.REPEATED) != 0 && !timed;
    batch.total++;
    if (skipped) {
      skip(flags);
      return;
    }
    if (lines.refs[line] == 0) {
      unknown(line, parsedMs(), parser.value(), parser.exemplar());
      return;
    }
    batch.added++;
    stage(line, Labels.EMPTY, parsedMs(), parser.value(), parser.exemplar());
  }

  /// Stages a line, whose sample the parser has just read, of a series that the body before did not
  /// have.
  ///
  /// @param labels of {@link #mutated}; empty if relabelling dropped the series
  void added(int line, Labels labels) {
    batch.total++;
    if (!labels.isEmpty()) {
      batch.added++;
      batch.seriesAdded++;
      stage(line, labels, parsedMs(), parser.value(), parser.exemplar());
    }
  }

  private long parsedMs() {
    return honorTimestamps && parser.hasTimestamp() ? parser.timestampMs() : timeMs;
  }

  /// Stages a line whose series storage did not take the last time.
  private void unknown(int line, long tMs, double value, @Nullable Exemplar exemplar) {
    Labels labels = labels(line);
    if (labels.isEmpty()) {
      lines.flags[line] |= LineTable.DROPPED;
      return;
    }
    batch.added++;
    batch.resolved++;
    stage(line, labels, tMs, value, exemplar);
  }

  private void skip(int flags) {
    if ((flags & LineTable.CREATED) != 0) {
      batch.total--;
    } else if ((flags & LineTable.DROPPED) == 0) {
      batch.added++;
      batch.duplicates++;
    }
  }

  private void stage(int line, Labels labels, long tMs, double value, @Nullable Exemplar exemplar) {
    int sample = batch.stage(line, lines.refs[line], labels, tMs, value);
    if (sample >= 0 && exemplar != null) {
      batch.exemplar(sample, exemplar, tMs);
    }
  }

  /// The stored labels of a line, made anew from its text.
  Labels labels(int line) {
    parser.seek(lines.starts[line], lines.typeAt(line));
    parser.next();
    int family = lines.unitAt(line);
    return mutated(family < 0 || metadata == null ? "" : metadata.unit(family));
  }

  /// The stored labels of the series at which the parser stands.
  ///
  /// @param unit that holds there, empty if there is none
  Labels mutated(String unit) {
    if (dropsClassic && classic.isConsumed(parser.entryStart())) {
      return Labels.EMPTY;
    }
    builder.clear();
    parser.labels(builder);
    if (rules == null) {
      throw new IllegalStateException("BUG: the pass is not open");
    }
    if (rules.typeAndUnitLabels()) {
      TypeAndUnit.set(builder, parser.type(), unit);
    }
    return rules.mutator().mutate(builder);
  }

  /// Stages the ends of the series of `table` that are alive.
  void end(LineTable table) {
    for (int i = 0; i < table.size; i++) {
      boolean alive = (table.flags[i] & MARKED) == LineTable.TRACKED;
      if (alive && table.refs[i] != 0) {
        batch.end(table.refs[i], timeMs);
      }
    }
  }

  /// Stages the start timestamps of the samples of lines. Must come behind all of them.
  void starts() {
    starts.stage(lines, batch, timeMs);
  }

  /// Stages the start of a sample, of line `line`, that is staged once more.
  void startAgain(int line, int sample) {
    starts.stage(lines, line, sample, batch, timeMs);
  }

  /// Looks through a body for classic histograms that are to be converted.
  void classic(byte[] body, int length, ExpositionFormat format) {
    if (convertsClassic && rules != null) {
      classic.read(body, length, format, rules.typeAndUnitLabels());
      batch.total -= dropsClassic ? classic.consumedLines() : 0;
    }
  }

  /// Stages what was made of classic histograms. Must come behind all lines.
  void converted(Map<Labels, ClassicSeries> known) {
    if (convertsClassic && rules != null) {
      classic.stage(batch, known, rules.mutator()::mutate, rules, timeMs);
    }
  }

  /// Keeps the references of what was made of classic histograms.
  void committed(Commit commit) {
    classic.committed(commit, batch.samples());
  }

  /// Stages the ends of converted histograms: of those that this scrape does not have, or of all.
  void end(Map<Labels, ClassicSeries> known, boolean all) {
    ClassicPass.end(batch, known, all, timeMs);
  }
}
