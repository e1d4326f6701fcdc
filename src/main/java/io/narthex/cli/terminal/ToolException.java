package io.narthex.cli.terminal;

/// A tool cannot do what was asked; the message is for the user, the exit code is 1.
public final class ToolException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ToolException(String message) {
    super(message);
  }
}
