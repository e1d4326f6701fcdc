package io.narthex.scrape;

/// What the server says about scraping as a whole.
///
/// @param offsetSeed differs between servers that scrape the same targets, so that they do it at
///   different times; the same after a restart
/// @param alignTimestamps whether samples of a scrape that begins a little late get the time at
///   which it was due
/// @param timestampToleranceMs how late that may be at most
/// @param syncIntervalMs between two looks at what discovery found
/// @param typeAndUnitLabels whether series get `__type__` and `__unit__` of what their target says
/// @param starts what becomes of start timestamps
/// @param version of this program, for the User-Agent
public record ScrapeOptions(
    long offsetSeed,
    boolean alignTimestamps,
    long timestampToleranceMs,
    long syncIntervalMs,
    boolean typeAndUnitLabels,
    StartTimestamps starts,
    String version) {

  /// Prometheus' defaults.
  public static ScrapeOptions of(long offsetSeed, String version) {
    return new ScrapeOptions(offsetSeed, true, 2, 5_000, false, StartTimestamps.IGNORED, version);
  }

  /// The seed of a server: its host's name and its external labels decide.
  public static long seed(String hostname, io.narthex.model.labels.Labels externalLabels) {
    return Target.fnv(0xcbf29ce484222325L, hostname + externalLabels);
  }
}
