package io.narthex.role.config;

import static io.narthex.config.FieldTypes.BOOL;
import static io.narthex.config.FieldTypes.DURATION;
import static io.narthex.config.FieldTypes.FILE;
import static io.narthex.config.FieldTypes.OPTIONAL_BOOL;
import static io.narthex.config.FieldTypes.SIZE;
import static io.narthex.config.FieldTypes.STRING;
import static io.narthex.config.FieldTypes.UINT;

import io.narthex.config.FieldType;
import io.narthex.config.FieldTypes;
import io.narthex.config.ListTypes;
import io.narthex.config.Section;
import io.narthex.config.Shape;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelNames;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.labels.NameEscaping;
import io.narthex.model.labels.NameValidation;
import io.narthex.scrape.ScrapeGlobals;
import io.narthex.scrape.ScrapeProtocol;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `global`: what holds for jobs and rules that do not say it themselves.
final class GlobalShape {

  static final FieldType<String> VALIDATION =
      FieldTypes.text("", GlobalShape::validation, text -> text);

  private static final long EVALUATION_INTERVAL_MS = 60_000;

  static final Shape SHAPE =
      Shape.of("config.plain")
          .add("scrape_interval", DURATION)
          .add("scrape_timeout", DURATION)
          .add("scrape_protocols", ListTypes.STRINGS)
          .add("evaluation_interval", DURATION)
          .add("rule_query_offset", DURATION)
          .add("query_log_file", FILE)
          .add("scrape_failure_log_file", FILE)
          .add("external_labels", ListTypes.STRING_MAP)
          .add("body_size_limit", SIZE)
          .add("sample_limit", UINT)
          .add("target_limit", UINT)
          .add("label_limit", UINT)
          .add("label_name_length_limit", UINT)
          .add("label_value_length_limit", UINT)
          .add("keep_dropped_targets", UINT)
          .add("metric_name_validation_scheme", VALIDATION)
          .add("metric_name_escaping_scheme", STRING)
          .add("scrape_native_histograms", OPTIONAL_BOOL)
          .add("convert_classic_histograms_to_nhcb", BOOL)
          .add("always_scrape_classic_histograms", BOOL)
          .add("extra_scrape_metrics", OPTIONAL_BOOL)
          .check(GlobalShape::check)
          .build();

  private GlobalShape() {}

  private static String validation(String word) {
    return switch (word) {
      case "", "legacy", "utf8" -> word;
      default ->
          throw new IllegalArgumentException(
              "unrecognized ValidationScheme: " + GoQuote.quote(word));
    };
  }

  private static Section check(Section written) {
    Section section =
        written.isSet("metric_name_validation_scheme")
            ? written
            : written.with("metric_name_validation_scheme", "utf8");
    externalLabels(section);
    long interval = section.number("scrape_interval");
    ScrapeGlobals times;
    try {
      times = ScrapeGlobals.ofTimes(interval, section.number("scrape_timeout"));
    } catch (IllegalArgumentException e) {
      throw section.error("scrape_timeout", String.valueOf(e.getMessage()));
    }
    protocols(section);
    return completed(section, times);
  }

  private static void externalLabels(Section section) {
    NameValidation names = names(section);
    section
        .<String>map("external_labels")
        .forEach((name, value) -> {
          if (!names.allowsLabel(name)) {
            throw section.error(
                "external_labels", GoQuote.quote(name) + " is not a valid label name");
          }
          if (!value.isEmpty() && !LabelNames.isUtf8(value)) {
            throw section.error(
                "external_labels", GoQuote.quote(value) + " is not a valid label value");
          }
        });
  }

  private static Section completed(Section section, ScrapeGlobals times) {
    return section
        .with("scrape_interval", times.intervalMs())
        .with("scrape_timeout", times.timeoutMs())
        .with(
            "evaluation_interval",
            section.isSet("evaluation_interval")
                ? section.number("evaluation_interval")
                : EVALUATION_INTERVAL_MS)
        .with("scrape_native_histograms", isTrue(section, "scrape_native_histograms"));
  }

  /// The section with what flags decide where it is silent.
  static Section completed(Section section, ConfigDefaults defaults) {
    Object extra = section.get("extra_scrape_metrics");
    return section.with(
        "extra_scrape_metrics", extra == null ? defaults.extraScrapeMetrics() : extra);
  }

  private static boolean isTrue(Section section, String field) {
    return Boolean.TRUE.equals(section.get(field));
  }

  private static @Nullable List<ScrapeProtocol> protocols(Section section) {
    if (!section.isWritten("scrape_protocols")) {
      return null;
    }
    try {
      return ScrapeProtocol.parseAll(section.strings("scrape_protocols"));
    } catch (IllegalArgumentException e) {
      throw section.error("scrape_protocols", e.getMessage() + " for global config");
    }
  }

  static NameValidation names(Section global) {
    return global.string("metric_name_validation_scheme").equals("legacy")
        ? NameValidation.LEGACY
        : NameValidation.UTF8;
  }

  /// What the section says for jobs.
  ///
  /// @param defaultProtocols of jobs and sections that name none; null if it depends on the job
  static ScrapeGlobals scrapeGlobals(
      Section global, @Nullable List<ScrapeProtocol> defaultProtocols) {
    List<ScrapeProtocol> protocols = protocols(global);
    return new ScrapeGlobals(
        global.number("scrape_interval"),
        global.number("scrape_timeout"),
        protocols == null ? defaultProtocols : protocols,
        global.string("scrape_failure_log_file"),
        isTrue(global, "scrape_native_histograms"),
        global.bool("always_scrape_classic_histograms"),
        global.bool("convert_classic_histograms_to_nhcb"),
        isTrue(global, "extra_scrape_metrics"),
        global.number("body_size_limit"),
        limit(global, "sample_limit"),
        limit(global, "target_limit"),
        limit(global, "label_limit"),
        limit(global, "label_name_length_limit"),
        limit(global, "label_value_length_limit"),
        limit(global, "keep_dropped_targets"),
        names(global),
        escaping(global));
  }

  private static @Nullable NameEscaping escaping(Section global) {
    if (!global.isSet("metric_name_escaping_scheme")) {
      return null;
    }
    try {
      return ScrapeGlobals.escaping(global.string("metric_name_escaping_scheme"), "global");
    } catch (IllegalArgumentException e) {
      throw global.error("metric_name_escaping_scheme", String.valueOf(e.getMessage()));
    }
  }

  /// A limit as an int; one that is larger than that is none.
  static int limit(Section section, String field) {
    long limit = section.number(field);
    return limit > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) limit;
  }

  /// The external labels, `$NAME` and `${NAME}` replaced by what `environment` says.
  static Labels externalLabels(Section global, Map<String, String> environment) {
    LabelsBuilder labels = new LabelsBuilder();
    global
        .<String>map("external_labels")
        .forEach((name, value) -> labels.set(name, Expansion.expand(value, environment)));
    return labels.build();
  }
}
