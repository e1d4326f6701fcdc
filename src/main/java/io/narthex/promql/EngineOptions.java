package io.narthex.promql;

/// Limits and defaults of the engine.
///
/// @param maxSamples samples a query may hold at once
/// @param timeoutMs how long a query may run
/// @param maxConcurrency queries at once; others wait in a queue
/// @param lookbackMs how far an instant selector looks back
/// @param defaultSubqueryStepMs step of subqueries that name none: the evaluation interval
/// @param features which parts of the language are on
public record EngineOptions(
    int maxSamples,
    long timeoutMs,
    int maxConcurrency,
    long lookbackMs,
    long defaultSubqueryStepMs,
    Features features) {

  /// Parts of the language that stand behind `--enable-feature`.
  public record Features(
      boolean experimentalFunctions,
      boolean extendedRangeSelectors,
      boolean binopFillModifiers,
      boolean delayedNameRemoval,
      boolean startTimestamps,
      boolean typeAndUnitLabels) {

    public static final Features NONE = new Features(false, false, false, false, false, false);
    public static final Features ALL = new Features(true, true, true, true, true, true);
  }

  /// Prometheus' defaults.
  public static EngineOptions defaults() {
    return new EngineOptions(50_000_000, 120_000, 20, 300_000, 60_000, Features.NONE);
  }
}
