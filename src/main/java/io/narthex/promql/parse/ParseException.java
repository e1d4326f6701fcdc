package io.narthex.promql.parse;

import java.util.List;

/// A text that is no query. The message is the first mistake as the API shows it: `1:5: parse
/// error: unexpected ...`.
public final class ParseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String message;
  private final transient List<ParseError> errors;

  ParseException(QueryText text, List<ParseError> errors) {
    ParseError first = errors.getFirst();
    this.message = text.place(first.start()) + ": parse error: " + first.message();
    this.errors = List.copyOf(errors);
  }

  @Override
  public String getMessage() {
    return message;
  }

  /// All mistakes in the order in which they were found; at least one.
  public List<ParseError> errors() {
    return errors;
  }

  /// A user's mistake needs no stack trace.
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
