package io.narthex.io.http;

import io.narthex.io.http.Fetcher.Failure;
import io.narthex.io.http.Fetcher.Request;
import io.narthex.io.http.Fetcher.Result;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A request of a plain fetcher, on its way. Its end comes once. Confined to its event loop.
final class PlainExchange {

  private static final String TIMED_OUT = "context deadline exceeded";

  final PlainFetcher fetcher;
  final Request request;
  final RequestHead head;
  final Consumer<Result> done;

  /// When it must be over, on the clock.
  final long deadlineNanos;

  /// Whether it may be sent over a connection that was used before.
  boolean mayReuse = true;

  /// Where its answer comes from; none while it is being connected.
  @Nullable PlainConnection connection;

  /// The making of that connection, while it is under way.
  PlainLane.@Nullable Attempt attempt;

  /// Its place in the list of those under way.
  int place;

  private boolean isDone;

  PlainExchange(
      PlainFetcher fetcher,
      Request request,
      RequestHead head,
      long deadlineNanos,
      Consumer<Result> done) {
    this.fetcher = fetcher;
    this.request = request;
    this.head = head;
    this.deadlineNanos = deadlineNanos;
    this.done = done;
  }

  boolean isDone() {
    return isDone;
  }

  /// Marks it as over; false if it was before.
  boolean over() {
    boolean isFirst = !isDone;
    isDone = true;
    return isFirst;
  }

  /// No answer has come, and none will.
  Failure unanswered(String reason) {
    return new Failure("Get \"" + request.url() + "\": " + reason, false);
  }

  Failure timedOut(boolean hasHead) {
    return hasHead ? new Failure(TIMED_OUT, false) : unanswered(TIMED_OUT);
  }
}
