package io.narthex.api;

/// A request that is answered with an error. The message is what the user reads, in Prometheus'
/// words.
final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// Error types with their HTTP status codes. Source: prometheus `web/api/v1/api.go`.
  enum Type {
    BAD_DATA("bad_data", 400),
    EXECUTION("execution", 422),
    CANCELED("canceled", 499),
    TIMEOUT("timeout", 503),
    INTERNAL("internal", 500),
    UNAVAILABLE("unavailable", 500),
    NOT_FOUND("not_found", 404),
    NOT_ACCEPTABLE("not_acceptable", 406);

    final String text;
    final int status;

    Type(String text, int status) {
      this.text = text;
      this.status = status;
    }
  }

  private final Type type;

  ApiException(Type type, String message) {
    super(message);
    this.type = type;
  }

  static ApiException badData(String message) {
    return new ApiException(Type.BAD_DATA, message);
  }

  /// A wrong parameter, named.
  static ApiException badParameter(String name, String message) {
    return badData("invalid parameter \"" + name + "\": " + message);
  }

  Type type() {
    return type;
  }
}
