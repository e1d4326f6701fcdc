package io.narthex.rules;

/// A text that is no rule file; the message says the file, the place and the mistake, in the
/// reference's words.
public final class RuleFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RuleFileException(String message) {
    super(message);
  }

  /// A user's mistake needs no stack trace.
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
