package io.narthex.model.sample;

/// What an exposition says of a metric family. Empty strings stand for what it did not say.
public record Metadata(MetricType type, String unit, String help) {}
