package io.narthex.promql.value;

/// What a query cost. Times in nanoseconds.
public record QueryStats(
    long totalQueryableSamples,
    int peakSamples,
    long evalTotalNanos,
    long resultSortNanos,
    long queryPreparationNanos,
    long innerEvalNanos,
    long execQueueNanos,
    long execTotalNanos) {}
