package io.narthex.scrape;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.NameEscaping;
import io.narthex.model.labels.NameValidation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the `global` section says for jobs that do not say it themselves. Limits of 0 are no
/// limits.
///
/// @param protocols null if the section names none: a job's default then depends on its histograms
/// @param nameEscaping null if the section names none: it then follows the validation
public record ScrapeGlobals(
    long intervalMs,
    long timeoutMs,
    @Nullable List<ScrapeProtocol> protocols,
    String failureLogFile,
    boolean scrapeNativeHistograms,
    boolean alwaysScrapeClassicHistograms,
    boolean convertClassicHistogramsToNhcb,
    boolean extraScrapeMetrics,
    long bodySizeLimitBytes,
    int sampleLimit,
    int targetLimit,
    int labelLimit,
    int labelNameLengthLimit,
    int labelValueLengthLimit,
    int keepDroppedTargets,
    NameValidation nameValidation,
    @Nullable NameEscaping nameEscaping) {

  public static final long DEFAULT_INTERVAL_MS = 60_000;
  public static final long DEFAULT_TIMEOUT_MS = 10_000;

  /// What holds if the section says nothing.
  public static final ScrapeGlobals DEFAULT = ofTimes(0, 0);

  /// A section that says nothing but the times, 0 where it does not.
  ///
  /// @throws IllegalArgumentException with Prometheus' wording if the timeout is too long
  public static ScrapeGlobals ofTimes(long intervalMs, long timeoutMs) {
    long interval = intervalMs == 0 ? DEFAULT_INTERVAL_MS : intervalMs;
    if (timeoutMs > interval) {
      throw new IllegalArgumentException("global scrape timeout greater than scrape interval");
    }
    long timeout = timeoutMs == 0 ? Math.min(DEFAULT_TIMEOUT_MS, interval) : timeoutMs;
    return new ScrapeGlobals(
        interval,
        timeout,
        null,
        "",
        false,
        false,
        false,
        false,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        NameValidation.UTF8,
        null);
  }

  /// The scheme of a configuration file's word.
  ///
  /// @param of "scrape config" or "global", for the message
  /// @throws IllegalArgumentException with Prometheus' wording
  public static NameEscaping escaping(String word, String of) {
    NameEscaping scheme = NameEscaping.find(word);
    if (scheme == null) {
      throw new IllegalArgumentException(
          "unknown "
              + of
              + " name escaping method specified, must be one of 'allow-utf-8', 'underscores',"
              + " 'dots', or 'values', got "
              + GoQuote.quote(word));
    }
    return scheme;
  }

  NameEscaping escaping() {
    if (nameEscaping != null) {
      return nameEscaping;
    }
    return defaultEscaping(nameValidation);
  }

  static NameEscaping defaultEscaping(NameValidation validation) {
    return validation == NameValidation.LEGACY ? NameEscaping.UNDERSCORES : NameEscaping.ALLOW_UTF8;
  }
}
