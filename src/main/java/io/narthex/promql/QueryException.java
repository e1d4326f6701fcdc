package io.narthex.promql;

/// A query that cannot be answered. The message is what the user reads, in Prometheus' words.
public final class QueryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// Why, as the API tells it apart.
  public enum Kind {
    /// The text is no query: HTTP 400.
    BAD_DATA,
    /// It failed while it ran: HTTP 422.
    EXECUTION,
    /// It ran too long: HTTP 503.
    TIMEOUT,
    /// Somebody cancelled it: HTTP 499.
    CANCELED,
    /// The storage failed: HTTP 500.
    INTERNAL
  }

  private final Kind kind;

  public QueryException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
