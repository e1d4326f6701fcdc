package io.narthex.promql.value;

/// What a query cost. Times in nanoseconds.
///
/// @param totalQueryableSamples samples that steps looked at, one counted for each window it is in
/// @param samplesPerStep the same for each step; empty unless it was asked for
/// @param firstStepMs the first step of these
/// @param stepMs their distance
/// @param peakSamples most samples held at once, as the limit counts them
public record QueryStats(
    long totalQueryableSamples,
    long[] samplesPerStep,
    long firstStepMs,
    long stepMs,
    int peakSamples,
    long evalTotalNanos,
    long resultSortNanos,
    long queryPreparationNanos,
    long innerEvalNanos,
    long execQueueNanos,
    long execTotalNanos) {}
