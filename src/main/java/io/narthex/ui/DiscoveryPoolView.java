package io.narthex.ui;

import java.util.List;

/// A scrape pool as service discovery sees it.
///
/// @param dropped dropped targets still held in memory, bounded by `keep_dropped_targets`
/// @param droppedTotal all dropped targets, held or not
public record DiscoveryPoolView(
    String name,
    List<DiscoveredTargetView> active,
    List<DiscoveredTargetView> dropped,
    int droppedTotal) {}
