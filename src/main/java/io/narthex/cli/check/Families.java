package io.narthex.cli.check;

import io.narthex.model.exposition.ExpositionException;
import io.narthex.model.exposition.ExpositionFormat;
import io.narthex.model.exposition.ExpositionParser;
import io.narthex.model.exposition.ExpositionParser.Entry;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.MetricType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The families of a text exposition, in the order in which they begin. Samples belong to the
/// family of their name, or to the histogram or summary that they are a part of. Source:
/// prometheus/common `expfmt`.
final class Families {

  private final Map<String, Family> byName = new LinkedHashMap<>();
  private final LabelsBuilder labels = new LabelsBuilder();
  private final ExpositionParser parser = ExpositionParser.of(ExpositionFormat.TEXT);

  private Families() {}

  /// Reads an exposition; families without a sample are left out.
  ///
  /// @throws ExpositionException if it is none
  static List<Family> read(byte[] text) {
    if (text.length > 0 && text[text.length - 1] != '\n') {
      throw new ExpositionException("unexpected end of input stream", lines(text) + 1);
    }
    Families families = new Families();
    families.parser.reset(Arrays.copyOf(text, text.length + 1), text.length);
    families.readAll();
    return families.byName.values().stream().filter(f -> !f.metrics.isEmpty()).toList();
  }

  private static int lines(byte[] text) {
    int lines = 0;
    for (byte b : text) {
      lines += b == '\n' ? 1 : 0;
    }
    return lines;
  }

  private void readAll() {
    while (true) {
      Entry entry = parser.next();
      switch (entry) {
        case END -> {
          return;
        }
        case HELP -> help();
        case TYPE -> type();
        case SERIES -> sample();
        case UNIT, COMMENT -> {}
      }
    }
  }

  private void help() {
    Family family = family(parser.family());
    if (family.hasHelp) {
      throw new ExpositionException(
          "second HELP line for metric name " + GoQuote.quote(family.name), 0);
    }
    family.hasHelp = true;
  }

  private void type() {
    Family family = family(parser.family());
    if (family.hasType || !family.metrics.isEmpty()) {
      throw new ExpositionException(
          "second TYPE line for metric name "
              + GoQuote.quote(family.name)
              + ", or TYPE reported after samples",
          0);
    }
    family.hasType = true;
    family.type = parser.type();
  }

  private Family family(String name) {
    Family known = known(name);
    return known != null ? known : byName.computeIfAbsent(name, Family::new);
  }

  /// The family that a name belongs to, if there is one yet.
  private @Nullable Family known(String name) {
    Family exact = byName.get(name);
    if (exact != null) {
      return exact;
    }
    Family summary = byName.get(without(name, "_count", "_sum"));
    if (summary != null && summary.type == MetricType.SUMMARY) {
      return summary;
    }
    Family histogram = byName.get(without(name, "_count", "_sum", "_bucket"));
    return histogram != null && histogram.type == MetricType.HISTOGRAM ? histogram : null;
  }

  private static String without(String name, String... suffixes) {
    for (String suffix : suffixes) {
      if (name.endsWith(suffix)) {
        return name.substring(0, name.length() - suffix.length());
      }
    }
    return name;
  }

  private void sample() {
    labels.clear();
    parser.labels(labels);
    Labels all;
    try {
      all = labels.build();
    } catch (IllegalArgumentException e) {
      throw new ExpositionException(String.valueOf(e.getMessage()), 0);
    }
    family(all.metricName()).add(all.without(Labels.NAME));
  }
}
