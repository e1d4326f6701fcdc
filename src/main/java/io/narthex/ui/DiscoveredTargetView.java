package io.narthex.ui;

import java.util.Map;

/// A target as discovered, and what relabelling made of it.
///
/// @param labels labels after relabelling; empty for a dropped target
public record DiscoveredTargetView(
    Map<String, String> discoveredLabels, Map<String, String> labels) {}
