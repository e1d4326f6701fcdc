package io.narthex.role;

/// A role cannot start; the message is what the user reads.
public final class RoleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RoleException(String message) {
    super(message);
  }
}
