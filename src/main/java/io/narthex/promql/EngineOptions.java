package io.narthex.promql;

import io.narthex.promql.ast.Features;

/// Limits and defaults of the engine.
///
/// @param maxSamples samples a query may hold at once
/// @param timeoutMs how long a query may run
/// @param maxConcurrency queries at once; others wait in a queue
/// @param lookbackMs how far an instant selector looks back
/// @param defaultSubqueryStepMs step of subqueries that name none at first: the evaluation
///   interval, see {@link PromqlEngine#defaultSubqueryStep}
/// @param features which parts of the language are on
/// @param maxQueryBytes memory that one query may use for what grows with steps and series
/// @param maxTotalBytes the same for all queries together
public record EngineOptions(
    int maxSamples,
    long timeoutMs,
    int maxConcurrency,
    long lookbackMs,
    long defaultSubqueryStepMs,
    Features features,
    long maxQueryBytes,
    long maxTotalBytes) {

  private static final long BESIDE_QUERIES_BYTES = 128L << 20;

  /// All queries together may use the queries' part of the heap, and so may one when it is alone.
  public EngineOptions(
      int maxSamples,
      long timeoutMs,
      int maxConcurrency,
      long lookbackMs,
      long defaultSubqueryStepMs,
      Features features) {
    this(
        maxSamples,
        timeoutMs,
        maxConcurrency,
        lookbackMs,
        defaultSubqueryStepMs,
        features,
        queryBytes(Runtime.getRuntime().maxMemory()),
        queryBytes(Runtime.getRuntime().maxMemory()));
  }

  /// Five eighths of the heap, but in a small one only what is left beside the program, the symbols
  /// of blocks, the head, and what is garbage soon.
  static long queryBytes(long heapBytes) {
    return Math.max(heapBytes / 4, Math.min(heapBytes / 8 * 5, heapBytes - BESIDE_QUERIES_BYTES));
  }

  /// Prometheus' defaults.
  public static EngineOptions defaults() {
    return new EngineOptions(50_000_000, 120_000, 20, 300_000, 60_000, Features.NONE);
  }
}
