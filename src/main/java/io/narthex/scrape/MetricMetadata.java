package io.narthex.scrape;

import io.narthex.model.sample.Metadata;

/// What a target says of one metric family.
public record MetricMetadata(String family, Metadata metadata) {}
