package io.narthex.cli.check;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.MetricType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What good manners demand of metric families. Source: client_golang
/// `prometheus/testutil/promlint`.
final class MetricLint {

  /// Something that is not as it should be.
  record Problem(String metric, String text) {}

  private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][A-Z]");

  private static final Map<String, String> BASE_UNITS = baseUnits();

  private static final List<String> PREFIXES =
      List.of(
          "pico", "nano", "micro", "milli", "centi", "deci", "deca", "hecto", "kilo", "kibi",
          "mega", "mibi", "giga", "gibi", "tera", "tebi", "peta", "pebi");

  private static final List<String> ABBREVIATIONS =
      List.of("s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "tb", "pb", "m", "h", "d");

  private final List<Problem> problems = new ArrayList<>();

  private MetricLint() {}

  private static Map<String, String> baseUnits() {
    Map<String, String> units = new HashMap<>();
    List.of(
            "amperes", "bytes", "celsius", "grams", "joules", "kelvin", "meters", "metres",
            "seconds", "volts")
        .forEach(base -> units.put(base, base));
    List.of("minutes", "hours", "days", "weeks").forEach(time -> units.put(time, "seconds"));
    List.of("inches", "yards", "miles").forEach(length -> units.put(length, "meters"));
    List.of("pounds", "ounces").forEach(mass -> units.put(mass, "grams"));
    units.put("kelvins", "kelvin");
    units.put("fahrenheit", "celsius");
    units.put("rankine", "celsius");
    units.put("bits", "bytes");
    units.put("calories", "joules");
    return units;
  }

  /// All problems, sorted by metric and text.
  static List<Problem> of(List<Family> families) {
    MetricLint lint = new MetricLint();
    families.forEach(lint::family);
    lint.problems.sort(Comparator.comparing(Problem::metric).thenComparing(Problem::text));
    return lint.problems;
  }

  private void family(Family family) {
    if (!family.hasHelp) {
      problem(family, "no help text");
    }
    units(family);
    if (family.type != MetricType.UNKNOWN) {
      typed(family);
    }
    if (family.name.contains(":")) {
      problem(family, "metric names should not contain ':'");
    }
    if (CAMEL_CASE.matcher(family.name).find()) {
      problem(family, "metric names should be written in 'snake_case' not 'camelCase'");
    }
    String lower = family.name.toLowerCase(Locale.ROOT);
    ABBREVIATIONS.stream()
        .filter(unit -> hasWord(lower, unit))
        .forEach(unit -> problem(family, "metric names should not contain abbreviated units"));
    family.metrics.forEach((labels, metric) -> metric(family, labels, metric.times));
  }

  private void problem(Family family, String text) {
    problems.add(new Problem(family.name, text));
  }

  private static boolean hasWord(String name, String word) {
    return name.contains("_" + word + "_") || name.endsWith("_" + word);
  }

  private void units(Family family) {
    for (String word : family.name.split("_")) {
      String base = base(word);
      if (base != null) {
        if (!base.equals(word)) {
          problem(
              family,
              "use base unit " + GoQuote.quote(base) + " instead of " + GoQuote.quote(word));
        }
        return;
      }
    }
  }

  private static @Nullable String base(String word) {
    String known = BASE_UNITS.get(word);
    if (known != null) {
      return known;
    }
    for (String prefix : PREFIXES) {
      if (word.startsWith(prefix) && BASE_UNITS.containsKey(word.substring(prefix.length()))) {
        return BASE_UNITS.get(word.substring(prefix.length()));
      }
    }
    return null;
  }

  /// What holds only where the type is known.
  private void typed(Family family) {
    String name = family.name;
    boolean total = name.endsWith("_total");
    if (family.type == MetricType.COUNTER && !total) {
      problem(family, "counter metrics should have \"_total\" suffix");
    } else if (family.type != MetricType.COUNTER && total) {
      problem(family, "non-counter metrics should not have \"_total\" suffix");
    }
    if (family.type != MetricType.HISTOGRAM && name.endsWith("_bucket")) {
      problem(family, "non-histogram metrics should not have \"_bucket\" suffix");
    }
    for (String suffix : List.of("_count", "_sum")) {
      if (!family.isCompound() && name.endsWith(suffix)) {
        problem(
            family,
            "non-histogram and non-summary metrics should not have \"" + suffix + "\" suffix");
      }
    }
    if (hasWord(name.toLowerCase(Locale.ROOT), family.type.text())) {
      problem(family, "metric name should not include type '" + family.type.text() + "'");
    }
  }

  private void metric(Family family, Labels labels, int times) {
    for (int again = 1; again < times; again++) {
      problem(family, "metric not unique");
    }
    boolean typed = family.type != MetricType.UNKNOWN;
    for (int time = 0; time < times; time++) {
      for (String name : labels.names()) {
        if (typed && family.type != MetricType.HISTOGRAM && name.equals(Labels.BUCKET)) {
          problem(family, "non-histogram metrics should not have \"le\" label");
        }
        if (typed && family.type != MetricType.SUMMARY && name.equals("quantile")) {
          problem(family, "non-summary metrics should not have \"quantile\" label");
        }
        if (CAMEL_CASE.matcher(name).find()) {
          problem(family, "label names should be written in 'snake_case' not 'camelCase'");
        }
      }
    }
  }
}
