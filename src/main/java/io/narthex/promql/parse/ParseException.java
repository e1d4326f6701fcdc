package io.narthex.promql.parse;

import java.util.List;

/// A text that is no query. The message is the first mistake as the API shows it: `1:5: parse
/// error: unexpected ...`.
public final class ParseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<ParseError> errors;

  ParseException(QueryText text, List<ParseError> errors) {
    super(text.place(errors.getFirst().start()) + ": parse error: " + errors.getFirst().message());
    this.errors = List.copyOf(errors);
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
