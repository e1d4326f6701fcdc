package io.narthex.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.model.exposition.ExpositionFormat;
import io.narthex.model.exposition.ExpositionParser;
import io.narthex.model.exposition.ExpositionParser.Entry;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.ClassicHistogram;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.MetricType;
import io.narthex.storage.Appender.Commit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes native histograms with custom buckets of the classic ones in a body, for targets whose job
/// asks for it. Lines that follow each other and differ in nothing but `le` and their suffix are
/// one histogram; one whose numbers contradict each other is lost, as in the reference. A walk over
/// the body of its own, before that of {@link ScrapePass}. Source: prometheus
/// `model/textparse/nhcbparse.go`.
final class ClassicPass {

  /// A histogram that was read.
  ///
  /// @param tMs its time, if `timed`
  /// @param startMs 0 if it is unknown
  private record Converted(
      Labels exposed,
      FloatHistogram histogram,
      boolean timed,
      long tMs,
      long startMs,
      List<Exemplar> exemplars) {}

  private final ExpositionParser text = ExpositionParser.of(ExpositionFormat.TEXT);
  private final ExpositionParser openMetrics = ExpositionParser.of(ExpositionFormat.OPEN_METRICS);
  private final LabelsBuilder builder = new LabelsBuilder();
  private final ClassicHistogram histogram = new ClassicHistogram();
  private final BitSet consumed = new BitSet();
  private final List<Converted> converted = new ArrayList<>();
  private final List<ClassicSeries> staged = new ArrayList<>();
  private final StartTimestamps wanted;

  /// What the last `_created` line says, and what the samples have in common with it that it is
  /// about; 0 while there was none, or if starts are not wanted.
  private long createdMs;

  private long createdKey;

  /// The labels of the histogram that is being collected, or null.
  private @Nullable Labels current;

  private boolean timed;
  private long tMs;
  private long startKey;
  private long startMs;
  private List<Exemplar> exemplars = new ArrayList<>();

  /// The family of the type that holds.
  private String family = "";

  /// The family that was last spoken of, and its unit, if it said one.
  private String spokenOf = "";

  private String unit = "";
  private boolean typeAndUnit;

  ClassicPass(StartTimestamps wanted) {
    this.wanted = wanted;
  }

  /// Reads a body.
  ///
  /// @param typeAndUnitLabels whether the histograms get `__type__` and `__unit__`
  /// @throws io.narthex.model.exposition.ExpositionException if it is not well-formed
  void read(byte[] body, int length, ExpositionFormat format, boolean typeAndUnitLabels) {
    clear();
    typeAndUnit = typeAndUnitLabels;
    ExpositionParser parser = format == ExpositionFormat.TEXT ? text : openMetrics;
    parser.reset(body, length);
    try {
      for (Entry entry = parser.next(); entry != Entry.END; entry = parser.next()) {
        boolean taken = entry == Entry.SERIES && take(parser);
        about(parser, entry);
        if (!taken) {
          flush();
        }
      }
      flush();
    } finally {
      parser.reset(new byte[0], 0);
    }
  }

  /// Looks at what an entry says of a family.
  private void about(ExpositionParser parser, Entry entry) {
    switch (entry) {
      case TYPE, HELP, UNIT -> {
        String name = parser.family();
        if (entry == Entry.UNIT) {
          unit = parser.text();
        } else if (!name.equals(spokenOf)) {
          unit = "";
        }
        spokenOf = name;
        family = entry == Entry.TYPE ? name : family;
      }
      case SERIES, COMMENT, END -> {}
    }
  }

  /// Takes the line if it is of a classic histogram; false if it ends the one before.
  private boolean take(ExpositionParser parser) {
    if (parser.type() != MetricType.HISTOGRAM) {
      return false;
    }
    builder.clear();
    parser.labels(builder);
    String name = builder.get(Labels.NAME);
    if (!name.startsWith(family)) {
      return false;
    }
    String suffix = name.substring(family.length());
    if (suffix.equals("_created")) {
      // May stand in the midst of a histogram, and is no part of its numbers.
      if (wanted.wanted() && parser.isCreated()) {
        created(key(parser), ExpositionParser.startMs(parser.value()));
      }
      return true;
    }
    double bound = suffix.equals("_bucket") ? bound(builder.get("le")) : 0;
    if (!List.of("_bucket", "_count", "_sum").contains(suffix) || Double.isNaN(bound)) {
      return false;
    }
    builder.remove("le").set(Labels.NAME, family);
    if (typeAndUnit) {
      TypeAndUnit.set(builder, MetricType.HISTOGRAM, unit);
    }
    Labels exposed = builder.build();
    if (current == null || !exposed.equals(current)) {
      flush();
      current = exposed;
      timed = parser.hasTimestamp();
      tMs = timed ? parser.timestampMs() : 0;
      startKey = wanted.wanted() ? key(parser) : 0;
      startMs = startKey == createdKey ? createdMs : 0;
    }
    switch (suffix) {
      case "_bucket" -> histogram.bucket(bound, parser.value());
      case "_count" -> histogram.count(parser.value());
      default -> histogram.sum(parser.value());
    }
    Exemplar exemplar = parser.exemplar();
    // The time of the scrape would be a guess: it is not known which observation it was.
    if (exemplar != null && exemplar.hasTimestamp()) {
      exemplars.add(exemplar);
    }
    consumed.set(parser.entryStart());
    return true;
  }

  private void created(long key, long ms) {
    createdKey = key;
    createdMs = ms;
    if (current != null && startKey == key && startMs == 0) {
      startMs = ms;
    }
  }

  private long key(ExpositionParser parser) {
    return parser.startKey(spokenOf.getBytes(UTF_8).length);
  }

  private static double bound(String le) {
    try {
      return switch (le.toLowerCase(Locale.ROOT)) {
        case "+inf", "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(le);
      };
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private void flush() {
    Labels exposed = current;
    if (exposed == null) {
      return;
    }
    FloatHistogram nativeOne = histogram.convert();
    if (nativeOne != null) {
      exemplars.sort(Comparator.comparingLong(Exemplar::tMs));
      converted.add(new Converted(exposed, nativeOne, timed, tMs, startMs, exemplars));
      exemplars = new ArrayList<>();
    }
    exemplars.clear();
    histogram.clear();
    current = null;
  }

  /// Whether the line that begins at `start` went into a histogram.
  boolean isConsumed(int start) {
    return consumed.get(start);
  }

  /// How many lines went into histograms.
  int consumedLines() {
    return consumed.cardinality();
  }

  /// Stages the histograms. Must come behind all samples of lines.
  ///
  /// @param mutate the stored labels of exposed ones
  void stage(
      ScrapeBatch batch,
      Map<Labels, ClassicSeries> known,
      Function<LabelsBuilder, Labels> mutate,
      ScrapeRules rules,
      long timeMs) {
    batch.total += converted.size();
    for (Converted one : converted) {
      ClassicSeries series = known.get(one.exposed);
      if (series == null) {
        builder.reset(one.exposed);
        series = new ClassicSeries(mutate.apply(builder));
        known.put(one.exposed, series);
        batch.seriesAdded += series.labels.isEmpty() ? 0 : 1;
      }
      boolean ownTime = one.timed && rules.honorTimestamps();
      series.seenMs = timeMs;
      series.tracked = !ownTime || rules.trackTimestampsStaleness();
      if (!series.labels.isEmpty()) {
        batch.added++;
        stage(batch, series, one, ownTime ? one.tMs : timeMs);
      }
    }
  }

  private void stage(ScrapeBatch batch, ClassicSeries series, Converted one, long sampleMs) {
    int sample = batch.stage(series.ref, series.labels, sampleMs, one.histogram);
    if (sample >= 0) {
      staged.add(series);
      one.exemplars.forEach(exemplar -> batch.exemplar(sample, exemplar, sampleMs));
      if (one.startMs != 0) {
        long zeroMs = series.ref == 0 ? 0 : series.zeroMs;
        series.zeroMs = wanted.stage(batch, sample, one.startMs, sampleMs, zeroMs);
      }
    }
  }

  /// Keeps the references of the series of a commit.
  ///
  /// @param first index of the first histogram in the batch
  void committed(Commit commit, int first) {
    for (int i = 0; i < staged.size(); i++) {
      staged.get(i).ref = commit.ref(first + i);
    }
  }

  /// Stages the ends of the series that this scrape does not have, and forgets them.
  ///
  /// @param all whether those that it has end too
  static void end(ScrapeBatch batch, Map<Labels, ClassicSeries> known, boolean all, long timeMs) {
    known
        .values()
        .removeIf(series -> {
          boolean gone = all || series.seenMs != timeMs;
          if (gone && series.tracked && series.ref != 0) {
            batch.end(series.ref, series.labels, timeMs);
          }
          return gone;
        });
  }

  /// Forgets the body.
  void clear() {
    consumed.clear();
    converted.clear();
    staged.clear();
    createdKey = 0;
    createdMs = 0;
    exemplars.clear();
    histogram.clear();
    current = null;
    family = "";
    spokenOf = "";
    unit = "";
  }
}
