package io.narthex.exporter;

import java.io.IOException;

/// A collector found nothing to read: no such hardware, no such kernel module. Not an error, but
/// the collector did not succeed either.
public final class NoDataException extends IOException {

  private static final long serialVersionUID = 1L;

  public NoDataException(String message) {
    super(message);
  }

  public NoDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
