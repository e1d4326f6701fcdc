package io.narthex.promql.plan;

/// A query whose durations make no sense for its start, end and step. The message is the user's.
public final class PlanException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PlanException(String message) {
    super(message);
  }
}
