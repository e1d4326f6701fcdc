package io.narthex.promql;

/// What a caller may set for one query.
///
/// @param timeoutMs how long it may run, 0 for the engine's limit, which is never exceeded
/// @param lookbackMs how far selectors look back, 0 for the engine's default
/// @param cancellation asked now and then whether the caller still wants the answer
public record QueryParams(long timeoutMs, long lookbackMs, Cancellation cancellation) {

  /// The engine's defaults.
  public static final QueryParams DEFAULT = new QueryParams(0, 0, () -> false);

  public QueryParams(long timeoutMs, long lookbackMs) {
    this(timeoutMs, lookbackMs, () -> false);
  }

  /// Says whether nobody wants the answer any more.
  @FunctionalInterface
  public interface Cancellation {
    boolean cancelled();
  }
}
