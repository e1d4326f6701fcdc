package io.narthex.storage;

/// Data could not be read or written; the message says what, where and what the user can do.
public final class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean isPause;

  public StorageException(String message) {
    this(message, false);
  }

  private StorageException(String message, boolean isPause) {
    super(message);
    this.isPause = isPause;
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
    isPause = false;
  }

  /// Nothing is taken for a while; storage has told why, and whoever writes tries again later.
  public static StorageException pause(String message) {
    return new StorageException(message, true);
  }

  /// Whether nothing is taken for a while, as storage has told already.
  public boolean isPause() {
    return isPause;
  }
}
