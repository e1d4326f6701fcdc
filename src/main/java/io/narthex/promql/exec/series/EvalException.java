package io.narthex.promql.exec.series;

/// Evaluation cannot go on. The message is what the user reads, in Prometheus' words.
public final class EvalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// Why.
  public enum Reason {
    FAILED,
    STORAGE,
    TIMED_OUT,
    CANCELED
  }

  private final Reason reason;

  public EvalException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /// The query or its data do not allow an answer.
  public static EvalException failed(String message) {
    return new EvalException(Reason.FAILED, message);
  }

  /// Several series of one answer would have the same labels.
  public static EvalException sameLabels() {
    return failed("vector cannot contain metrics with the same labelset");
  }

  public Reason reason() {
    return reason;
  }

  /// A user's mistake needs no stack trace.
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
