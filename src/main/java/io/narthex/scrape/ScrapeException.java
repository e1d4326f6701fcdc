package io.narthex.scrape;

/// A scrape that failed for a reason that its target's page shows, in Prometheus' wording.
final class ScrapeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// What is counted apart from other failures.
  enum Kind {
    OTHER,
    LABEL_LIMIT,
    SAMPLE_LIMIT,
    BUCKET_LIMIT,
    BODY_SIZE_LIMIT
  }

  private final Kind kind;

  ScrapeException(String message) {
    this(Kind.OTHER, message);
  }

  ScrapeException(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
