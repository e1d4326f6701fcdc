package io.narthex.promql;

/// What a caller may set for one query.
///
/// @param timeoutMs how long it may run, 0 for the engine's limit, which is never exceeded
/// @param lookbackMs how far selectors look back, 0 for the engine's default
/// @param cancellation asked now and then whether the caller still wants the answer
/// @param detail what is measured beside the totals
/// @param origin who asks
public record QueryParams(
    long timeoutMs, long lookbackMs, Cancellation cancellation, Detail detail, QueryOrigin origin) {

  /// The engine's defaults.
  public static final QueryParams DEFAULT = new QueryParams(0, 0, () -> false);

  public QueryParams(long timeoutMs, long lookbackMs) {
    this(timeoutMs, lookbackMs, () -> false);
  }

  public QueryParams(long timeoutMs, long lookbackMs, Cancellation cancellation) {
    this(timeoutMs, lookbackMs, cancellation, Detail.TOTALS, QueryOrigin.UNKNOWN);
  }

  /// These with another detail.
  public QueryParams with(Detail other) {
    return new QueryParams(timeoutMs, lookbackMs, cancellation, other, origin);
  }

  /// These for another asker.
  public QueryParams with(QueryOrigin other) {
    return new QueryParams(timeoutMs, lookbackMs, cancellation, detail, other);
  }

  /// What is measured.
  public enum Detail {
    TOTALS,
    /// The samples that each step looks at, too.
    STEPS,
    /// Time, series and samples of each node of the plan, and steps. Costs some time itself.
    NODES
  }

  /// Says whether nobody wants the answer any more.
  @FunctionalInterface
  public interface Cancellation {
    boolean cancelled();
  }
}
