package io.narthex.cli;

/// A command line that cannot be followed.
public final class FlagException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final boolean withUsage;

  FlagException(String message, int exitCode, boolean withUsage) {
    super(message);
    this.exitCode = exitCode;
    this.withUsage = withUsage;
  }

  /// A command line that is not well-formed.
  static FlagException syntax(String message) {
    return new FlagException(
        "Error parsing command line arguments: " + message + "\nnarthex: error: " + message,
        1,
        false);
  }

  /// A flag with a value that it cannot have.
  static FlagException value(String message) {
    return new FlagException("Error parsing command line arguments: " + message, 2, true);
  }

  /// Flags that are fine by themselves.
  static FlagException rule(String message, int exitCode) {
    return new FlagException(message, exitCode, false);
  }

  /// The status that the process ends with.
  public int exitCode() {
    return exitCode;
  }

  /// Whether the list of flags is shown behind the message.
  public boolean withUsage() {
    return withUsage;
  }
}
