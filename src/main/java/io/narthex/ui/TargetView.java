package io.narthex.ui;

import java.util.Map;

/// One active target.
///
/// @param scrapeUrl the address that is scraped, with its parameters
/// @param globalUrl the same address as others reach it, loopback names replaced
/// @param health `up`, `down` or `unknown`, as in the API
/// @param labels labels after relabelling, in the order to show
/// @param discoveredLabels labels before relabelling, in the order to show
/// @param lastScrapeMs start of the last scrape, milliseconds since the Unix epoch; 0 if none yet
/// @param lastScrapeSeconds how long it took
/// @param lastError why it failed; empty if it did not
public record TargetView(
    String scrapeUrl,
    String globalUrl,
    String health,
    Map<String, String> labels,
    Map<String, String> discoveredLabels,
    long lastScrapeMs,
    double lastScrapeSeconds,
    String lastError) {}
