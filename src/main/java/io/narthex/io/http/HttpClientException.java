package io.narthex.io.http;

/// A request that cannot be made or was not answered, with a message for the user.
public final class HttpClientException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public HttpClientException(String message) {
    super(message);
  }

  public HttpClientException(String message, Throwable cause) {
    super(message, cause);
  }
}
