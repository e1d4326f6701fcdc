package io.narthex.scrape;

import io.narthex.model.labels.NameEscaping;
import io.narthex.model.labels.NameValidation;
import io.narthex.model.relabel.RelabelConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the targets of one job are scraped: a section of `scrape_configs` without its discovery and
/// HTTP client, with all defaults filled in. {@link ScrapeConfigDraft} makes one from what a file
/// says. Limits of 0 are no limits.
///
/// @param intervalMs between scrapes, > 0
/// @param timeoutMs of one scrape, 0 < timeout <= interval
/// @param params query parameters of the scrape's URL
/// @param protocols formats to ask for, best first, not empty
/// @param fallbackProtocol format of an answer whose Content-Type says nothing useful
/// @param bodySizeLimitBytes of the decompressed body
/// @param nativeHistogramMinBucketFactor smallest growth from bucket to bucket, 0 if any
public record ScrapeConfig(
    String jobName,
    boolean honorLabels,
    boolean honorTimestamps,
    boolean trackTimestampsStaleness,
    Map<String, List<String>> params,
    long intervalMs,
    long timeoutMs,
    List<ScrapeProtocol> protocols,
    @Nullable ScrapeProtocol fallbackProtocol,
    boolean scrapeNativeHistograms,
    boolean alwaysScrapeClassicHistograms,
    boolean convertClassicHistogramsToNhcb,
    String failureLogFile,
    String metricsPath,
    String scheme,
    boolean enableCompression,
    long bodySizeLimitBytes,
    int sampleLimit,
    int targetLimit,
    int labelLimit,
    int labelNameLengthLimit,
    int labelValueLengthLimit,
    int nativeHistogramBucketLimit,
    double nativeHistogramMinBucketFactor,
    int keepDroppedTargets,
    NameValidation nameValidation,
    NameEscaping nameEscaping,
    boolean extraScrapeMetrics,
    List<RelabelConfig> relabelConfigs,
    List<RelabelConfig> metricRelabelConfigs) {

  public ScrapeConfig {
    params = Map.copyOf(params);
    protocols = List.copyOf(protocols);
    relabelConfigs = List.copyOf(relabelConfigs);
    metricRelabelConfigs = List.copyOf(metricRelabelConfigs);
  }

  /// A job that says nothing but its name.
  ///
  /// @throws IllegalArgumentException if the name is empty
  public static ScrapeConfig of(String jobName) {
    ScrapeConfigDraft draft = new ScrapeConfigDraft();
    draft.jobName = jobName;
    return draft.resolve(ScrapeGlobals.DEFAULT);
  }

  /// Whether a body that was cached under this configuration is read the same way under `other`.
  boolean readsLike(ScrapeConfig other) {
    return honorLabels == other.honorLabels
        && nameValidation == other.nameValidation
        && labelLimit == other.labelLimit
        && labelNameLengthLimit == other.labelNameLengthLimit
        && labelValueLengthLimit == other.labelValueLengthLimit
        && trackTimestampsStaleness == other.trackTimestampsStaleness
        && honorTimestamps == other.honorTimestamps
        && metricRelabelConfigs.equals(other.metricRelabelConfigs);
  }
}
