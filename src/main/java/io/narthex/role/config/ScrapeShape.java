package io.narthex.role.config;

import static io.narthex.config.FieldTypes.BOOL;
import static io.narthex.config.FieldTypes.DURATION;
import static io.narthex.config.FieldTypes.FILE;
import static io.narthex.config.FieldTypes.FLOAT;
import static io.narthex.config.FieldTypes.OPTIONAL_BOOL;
import static io.narthex.config.FieldTypes.SIZE;
import static io.narthex.config.FieldTypes.STRING;
import static io.narthex.config.FieldTypes.UINT;

import io.narthex.config.ConfigException;
import io.narthex.config.ListTypes;
import io.narthex.config.Section;
import io.narthex.config.Shape;
import io.narthex.io.http.HttpClientCheck;
import io.narthex.io.http.HttpClientShape;
import io.narthex.scrape.ScrapeConfig;
import io.narthex.scrape.ScrapeConfigDraft;
import io.narthex.scrape.ScrapeGlobals;
import io.narthex.scrape.ScrapeProtocol;
import org.jspecify.annotations.Nullable;

/// One item of `scrape_configs`.
final class ScrapeShape {

  static final Shape SHAPE =
      DiscoveryFields.add(
              Shape.of("config.ScrapeConfig")
                  .shown("job_name", STRING, "")
                  .add("honor_labels", BOOL)
                  .shown("honor_timestamps", BOOL, true)
                  .shown("track_timestamps_staleness", BOOL, false)
                  .add("params", ListTypes.STRINGS_MAP)
                  .add("scrape_interval", DURATION)
                  .add("scrape_timeout", DURATION)
                  .add("scrape_protocols", ListTypes.STRINGS)
                  .add("fallback_scrape_protocol", STRING)
                  .add("scrape_native_histograms", OPTIONAL_BOOL)
                  .add("always_scrape_classic_histograms", OPTIONAL_BOOL)
                  .add("convert_classic_histograms_to_nhcb", OPTIONAL_BOOL)
                  .add("scrape_failure_log_file", FILE)
                  .add("metrics_path", STRING, "/metrics")
                  .add("scheme", STRING, "http")
                  .shown("enable_compression", BOOL, true)
                  .add("body_size_limit", SIZE)
                  .add("sample_limit", UINT)
                  .add("target_limit", UINT)
                  .add("label_limit", UINT)
                  .add("label_name_length_limit", UINT)
                  .add("label_value_length_limit", UINT)
                  .add("native_histogram_bucket_limit", UINT)
                  .add("native_histogram_min_bucket_factor", FLOAT)
                  .add("keep_dropped_targets", UINT)
                  .add("metric_name_validation_scheme", GlobalShape.VALIDATION)
                  .add("metric_name_escaping_scheme", STRING)
                  .add("extra_scrape_metrics", OPTIONAL_BOOL)
                  .inline(HttpClientShape.FIELDS)
                  .add(
                      "relabel_configs",
                      RelabelShape.list("empty or null target relabeling rule in scrape config"))
                  .add(
                      "metric_relabel_configs",
                      RelabelShape.list("empty or null metric relabeling rule in scrape config")))
          .check(ScrapeShape::check)
          .build();

  private ScrapeShape() {}

  private static Section check(Section section) {
    if (!section.isSet("job_name")) {
      throw section.error("job_name is empty");
    }
    Section checked = HttpClientCheck.check(section);
    DiscoveryFields.checkAddresses(checked);
    return checked;
  }

  /// What the section says, completed by what holds for all jobs.
  ///
  /// @throws ConfigException with Prometheus' wording
  static ScrapeConfig config(Section section, ScrapeGlobals globals) {
    ScrapeConfigDraft draft = new ScrapeConfigDraft();
    draft.jobName = section.string("job_name");
    draft.honorLabels = section.bool("honor_labels");
    draft.honorTimestamps = section.bool("honor_timestamps");
    draft.trackTimestampsStaleness = section.bool("track_timestamps_staleness");
    draft.params = section.map("params");
    draft.intervalMs = section.number("scrape_interval");
    draft.timeoutMs = section.number("scrape_timeout");
    draft.protocols =
        section.isWritten("scrape_protocols") ? section.strings("scrape_protocols") : null;
    draft.fallbackProtocol = section.string("fallback_scrape_protocol");
    draft.scrapeNativeHistograms = truth(section, "scrape_native_histograms");
    draft.alwaysScrapeClassicHistograms = truth(section, "always_scrape_classic_histograms");
    draft.convertClassicHistogramsToNhcb = truth(section, "convert_classic_histograms_to_nhcb");
    draft.failureLogFile = section.string("scrape_failure_log_file");
    draft.metricsPath = section.string("metrics_path");
    draft.scheme = section.string("scheme");
    draft.enableCompression = section.bool("enable_compression");
    draft.nameValidation = section.string("metric_name_validation_scheme");
    draft.nameEscaping = section.string("metric_name_escaping_scheme");
    draft.extraScrapeMetrics = truth(section, "extra_scrape_metrics");
    limits(section, draft);
    try {
      draft.relabelConfigs = RelabelShape.configs(section.sections("relabel_configs"));
      draft.metricRelabelConfigs = RelabelShape.configs(section.sections("metric_relabel_configs"));
      return draft.resolve(globals);
    } catch (IllegalArgumentException e) {
      throw section.error(String.valueOf(e.getMessage()));
    }
  }

  private static void limits(Section section, ScrapeConfigDraft draft) {
    draft.bodySizeLimitBytes = section.number("body_size_limit");
    draft.sampleLimit = GlobalShape.limit(section, "sample_limit");
    draft.targetLimit = GlobalShape.limit(section, "target_limit");
    draft.labelLimit = GlobalShape.limit(section, "label_limit");
    draft.labelNameLengthLimit = GlobalShape.limit(section, "label_name_length_limit");
    draft.labelValueLengthLimit = GlobalShape.limit(section, "label_value_length_limit");
    draft.nativeHistogramBucketLimit = GlobalShape.limit(section, "native_histogram_bucket_limit");
    draft.nativeHistogramMinBucketFactor = section.decimal("native_histogram_min_bucket_factor");
    draft.keepDroppedTargets = GlobalShape.limit(section, "keep_dropped_targets");
  }

  private static @Nullable Boolean truth(Section section, String field) {
    return (Boolean) section.get(field);
  }

  /// The section with what was filled in, for print.
  static Section completed(Section section, ScrapeConfig config) {
    return section
        .with("scrape_interval", config.intervalMs())
        .with("scrape_timeout", config.timeoutMs())
        .with("scrape_protocols", config.protocols().stream().map(ScrapeProtocol::text).toList())
        .with("scrape_native_histograms", config.scrapeNativeHistograms())
        .with("always_scrape_classic_histograms", config.alwaysScrapeClassicHistograms())
        .with("convert_classic_histograms_to_nhcb", config.convertClassicHistogramsToNhcb())
        .with("scrape_failure_log_file", config.failureLogFile())
        .with("body_size_limit", config.bodySizeLimitBytes())
        .with("sample_limit", (long) config.sampleLimit())
        .with("target_limit", (long) config.targetLimit())
        .with("label_limit", (long) config.labelLimit())
        .with("label_name_length_limit", (long) config.labelNameLengthLimit())
        .with("label_value_length_limit", (long) config.labelValueLengthLimit())
        .with("keep_dropped_targets", (long) config.keepDroppedTargets())
        .with("metric_name_validation_scheme", config.nameValidation().text())
        .with("metric_name_escaping_scheme", config.nameEscaping().text())
        .with("extra_scrape_metrics", config.extraScrapeMetrics());
  }
}
