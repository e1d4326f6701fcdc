package io.narthex.cli.command;

/// A command line that cannot be followed; the message is the mistake alone.
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean withHint;

  UsageException(String message) {
    this(message, true);
  }

  UsageException(String message, boolean withHint) {
    super(message);
    this.withHint = withHint;
  }

  /// Whether `--help` would help.
  public boolean withHint() {
    return withHint;
  }
}
