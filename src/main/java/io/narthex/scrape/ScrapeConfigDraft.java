package io.narthex.scrape;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.NameEscaping;
import io.narthex.model.labels.NameValidation;
import io.narthex.model.relabel.RelabelConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A section of `scrape_configs` as the file says it: null or 0 is what it does not say. Filled
/// field by field, then {@linkplain #resolve resolved} once.
public final class ScrapeConfigDraft {

  public String jobName = "";
  public boolean honorLabels;
  public boolean honorTimestamps = true;
  public boolean trackTimestampsStaleness;
  public Map<String, List<String>> params = Map.of();
  public long intervalMs;
  public long timeoutMs;
  public @Nullable List<String> protocols;
  public String fallbackProtocol = "";
  public @Nullable Boolean scrapeNativeHistograms;
  public @Nullable Boolean alwaysScrapeClassicHistograms;
  public @Nullable Boolean convertClassicHistogramsToNhcb;
  public String failureLogFile = "";
  public String metricsPath = "/metrics";
  public String scheme = "http";
  public boolean enableCompression = true;
  public long bodySizeLimitBytes;
  public int sampleLimit;
  public int targetLimit;
  public int labelLimit;
  public int labelNameLengthLimit;
  public int labelValueLengthLimit;
  public int nativeHistogramBucketLimit;
  public double nativeHistogramMinBucketFactor;
  public int keepDroppedTargets;

  /// Empty if not given.
  public String nameValidation = "";

  /// Empty if not given.
  public String nameEscaping = "";

  public @Nullable Boolean extraScrapeMetrics;
  public List<RelabelConfig> relabelConfigs = List.of();
  public List<RelabelConfig> metricRelabelConfigs = List.of();

  /// Fills in what the file does not say and checks the rest.
  ///
  /// @throws IllegalArgumentException with Prometheus' wording
  public ScrapeConfig resolve(ScrapeGlobals globals) {
    if (jobName.isEmpty()) {
      throw new IllegalArgumentException("job_name is empty");
    }
    long interval = intervalMs == 0 ? globals.intervalMs() : intervalMs;
    if (timeoutMs > interval) {
      throw new IllegalArgumentException(
          "scrape timeout greater than scrape interval for scrape config with job name "
              + GoQuote.quote(jobName));
    }
    boolean nativeHistograms = or(scrapeNativeHistograms, globals.scrapeNativeHistograms());
    List<ScrapeProtocol> wanted = resolveProtocols(globals, nativeHistograms);
    ScrapeProtocol fallback = resolveFallback();
    NameValidation validation = resolveValidation(globals);
    NameEscaping escaping = resolveEscaping(globals, validation);
    relabelConfigs.forEach(c -> c.validate(validation));
    metricRelabelConfigs.forEach(c -> c.validate(validation));
    return new ScrapeConfig(
        jobName,
        honorLabels,
        honorTimestamps,
        trackTimestampsStaleness,
        params,
        interval,
        timeoutMs == 0 ? Math.min(globals.timeoutMs(), interval) : timeoutMs,
        wanted,
        fallback,
        nativeHistograms,
        or(alwaysScrapeClassicHistograms, globals.alwaysScrapeClassicHistograms()),
        or(convertClassicHistogramsToNhcb, globals.convertClassicHistogramsToNhcb()),
        failureLogFile.isEmpty() ? globals.failureLogFile() : failureLogFile,
        metricsPath,
        scheme,
        enableCompression,
        bodySizeLimitBytes == 0 ? globals.bodySizeLimitBytes() : bodySizeLimitBytes,
        or(sampleLimit, globals.sampleLimit()),
        or(targetLimit, globals.targetLimit()),
        or(labelLimit, globals.labelLimit()),
        or(labelNameLengthLimit, globals.labelNameLengthLimit()),
        or(labelValueLengthLimit, globals.labelValueLengthLimit()),
        nativeHistogramBucketLimit,
        nativeHistogramMinBucketFactor,
        or(keepDroppedTargets, globals.keepDroppedTargets()),
        validation,
        escaping,
        or(extraScrapeMetrics, globals.extraScrapeMetrics()),
        relabelConfigs,
        metricRelabelConfigs);
  }

  private List<ScrapeProtocol> resolveProtocols(ScrapeGlobals globals, boolean nativeHistograms) {
    if (protocols == null) {
      List<ScrapeProtocol> global = globals.protocols();
      if (global != null) {
        return global;
      }
      return nativeHistograms ? ScrapeProtocol.PROTO_FIRST : ScrapeProtocol.DEFAULT;
    }
    try {
      return ScrapeProtocol.parseAll(protocols);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + " for scrape config with job name " + GoQuote.quote(jobName), e);
    }
  }

  private @Nullable ScrapeProtocol resolveFallback() {
    if (fallbackProtocol.isEmpty()) {
      return null;
    }
    try {
      return ScrapeProtocol.parse(fallbackProtocol);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "invalid fallback_scrape_protocol for scrape config with job name "
              + GoQuote.quote(jobName)
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private NameValidation resolveValidation(ScrapeGlobals globals) {
    return switch (nameValidation) {
      case "" -> globals.nameValidation();
      case "legacy" -> NameValidation.LEGACY;
      case "utf8" -> NameValidation.UTF8;
      default ->
          throw new IllegalArgumentException(
              "unknown scrape config name validation method specified, must be either '', 'legacy'"
                  + " or 'utf8', got "
                  + nameValidation);
    };
  }

  private NameEscaping resolveEscaping(ScrapeGlobals globals, NameValidation validation) {
    NameEscaping escaping;
    if (!nameEscaping.isEmpty()) {
      escaping = ScrapeGlobals.escaping(nameEscaping, "scrape config");
    } else if (nameValidation.isEmpty()) {
      escaping = globals.escaping();
    } else {
      escaping = ScrapeGlobals.defaultEscaping(validation);
    }
    if (escaping == NameEscaping.ALLOW_UTF8 && validation != NameValidation.UTF8) {
      throw new IllegalArgumentException(
          "utf8 metric names requested but validation scheme is not set to UTF8");
    }
    return escaping;
  }

  private static boolean or(@Nullable Boolean own, boolean global) {
    return own == null ? global : own;
  }

  private static int or(int own, int global) {
    return own == 0 ? global : own;
  }
}
