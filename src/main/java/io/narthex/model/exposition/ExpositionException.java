package io.narthex.model.exposition;

/// A body that is no exposition. The message is Prometheus' own and says what was found and where
/// it stands in its entry; the line says where in the body.
public final class ExpositionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;

  public ExpositionException(String message, int line) {
    super(message, null, false, false);
    this.line = line;
  }

  /// The line at which reading stopped, counted from 1; 0 if no line was read.
  public int line() {
    return line;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
