package io.narthex.io.http;

import io.narthex.clock.Clock;
import io.narthex.io.http.Fetcher.Failure;
import io.narthex.io.http.Fetcher.Result;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The connections and exchanges of plain fetching on one event loop. Confined to it. One timer
/// watches over all exchanges, whatever their number: most of them end long before it fires.
final class PlainLane {

  /// As long as Go's client keeps a connection that is not used.
  private static final long IDLE_MOST_NANOS = TimeUnit.MINUTES.toNanos(5);

  private static final long EXPIRY_SECONDS = 60;
  private static final long NEVER = Long.MAX_VALUE;

  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final BodyPool bodies;
  private final Clock clock;

  /// By authority; those used last are at the end, and are used first.
  private final Map<String, ArrayDeque<PlainConnection>> idle = new HashMap<>();

  /// Connections that are still being made, for a request whose time is over: one for each
  /// authority, for the next request. Without them a target that takes longer than the timeout
  /// would never be reached; with one more for each request, a target that drops what it cannot
  /// take would use up all file descriptors.
  private final Map<String, Attempt> orphans = new HashMap<>();

  private final List<PlainExchange> underWay = new ArrayList<>();

  /// Until when the timer sleeps, on the clock, counted from `originNanos`.
  private long timerNanos = NEVER;

  private final long originNanos;
  private boolean isExpiryPlanned;
  private boolean isClosed;

  /// @param bootstrap makes connections on `loop`
  PlainLane(EventLoop loop, Bootstrap bootstrap, BodyPool bodies, Clock clock) {
    this.loop = loop;
    this.bootstrap = bootstrap;
    this.bodies = bodies;
    this.clock = clock;
    originNanos = clock.nanoTime();
  }

  /// Begins an exchange.
  void begin(PlainExchange exchange) {
    exchange.place = underWay.size();
    underWay.add(exchange);
    watch(exchange.deadlineNanos - originNanos);
    proceed(exchange);
  }

  /// Sends the exchange over an idle connection, or a new one.
  void proceed(PlainExchange exchange) {
    PlainConnection connection = exchange.mayReuse ? takeIdle(exchange.head.authority()) : null;
    if (connection == null) {
      connect(exchange);
    } else {
      connection.send(exchange);
    }
  }

  private @Nullable PlainConnection takeIdle(String authority) {
    ArrayDeque<PlainConnection> there = idle.get(authority);
    return there == null ? null : there.pollLast();
  }

  /// A connection that is being made.
  static final class Attempt {

    private PlainExchange exchange;
    private final PlainConnection connection;
    private @Nullable Channel channel;

    Attempt(PlainExchange exchange, PlainConnection connection) {
      this.exchange = exchange;
      this.connection = connection;
    }

    private void close() {
      if (channel != null) {
        channel.close();
      }
    }
  }

  private void connect(PlainExchange exchange) {
    RequestHead head = exchange.head;
    Attempt orphan = exchange.mayReuse ? orphans.remove(head.authority()) : null;
    if (orphan != null) {
      orphan.exchange = exchange;
      exchange.attempt = orphan;
      return;
    }
    Attempt attempt = new Attempt(exchange, new PlainConnection(this, head.authority(), bodies));
    exchange.attempt = attempt;
    ChannelFuture connecting =
        bootstrap.clone().handler(attempt.connection).connect(head.host(), head.port());
    attempt.channel = connecting.channel();
    connecting.addListener(connected -> {
      if (loop.inEventLoop()) {
        connected(attempt, connected.cause());
      } else {
        // Without a channel, as where there are no more file descriptors, Netty has no loop.
        loop.execute(() -> connected(attempt, connected.cause()));
      }
    });
  }

  private void connected(Attempt attempt, @Nullable Throwable cause) {
    PlainExchange exchange = attempt.exchange;
    exchange.attempt = null;
    orphans.remove(attempt.connection.authority(), attempt);
    if (cause != null) {
      end(exchange, exchange.unanswered(GoErrors.text(cause, exchange.request.url())));
    } else if (exchange.isDone()) {
      idle(attempt.connection);
    } else {
      attempt.connection.send(exchange);
    }
  }

  /// Nobody waits for this one any more.
  private void abandon(@Nullable Attempt attempt) {
    if (attempt == null) {
      return;
    }
    boolean isOneMore = orphans.putIfAbsent(attempt.connection.authority(), attempt) != null;
    if (isOneMore || isClosed) {
      attempt.close();
    }
  }

  /// Keeps a connection for the next exchange.
  void idle(PlainConnection connection) {
    if (isClosed) {
      connection.close();
      return;
    }
    connection.idleSinceNanos = clock.nanoTime();
    idle.computeIfAbsent(connection.authority(), a -> new ArrayDeque<>(2)).addLast(connection);
    if (!isExpiryPlanned) {
      isExpiryPlanned = true;
      loop.schedule(this::expire, EXPIRY_SECONDS, TimeUnit.SECONDS);
    }
  }

  /// Closes what was not used for too long.
  private void expire() {
    long now = clock.nanoTime();
    for (ArrayDeque<PlainConnection> connections : List.copyOf(idle.values())) {
      PlainConnection oldest = connections.peekFirst();
      while (oldest != null && now - oldest.idleSinceNanos >= IDLE_MOST_NANOS) {
        connections.removeFirst();
        oldest.close();
        oldest = connections.peekFirst();
      }
    }
    idle.values().removeIf(ArrayDeque::isEmpty);
    isExpiryPlanned = !idle.isEmpty() && !isClosed;
    if (isExpiryPlanned) {
      loop.schedule(this::expire, EXPIRY_SECONDS, TimeUnit.SECONDS);
    }
  }

  /// A connection is closed.
  void gone(PlainConnection connection) {
    ArrayDeque<PlainConnection> there = idle.get(connection.authority());
    if (there != null) {
      there.remove(connection);
    }
  }

  /// Lets the timer fire by then.
  private void watch(long untilNanos) {
    if (untilNanos < timerNanos) {
      timerNanos = untilNanos;
      long delayNanos = untilNanos - (clock.nanoTime() - originNanos);
      loop.schedule(this::timeOut, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
    }
  }

  /// Ends the exchanges whose time is over.
  private void timeOut() {
    long now = clock.nanoTime() - originNanos;
    if (now < timerNanos) {
      // Of an earlier plan, or early.
      long again = timerNanos;
      timerNanos = NEVER;
      watch(again);
      return;
    }
    timerNanos = NEVER;
    for (PlainExchange exchange : List.copyOf(underWay)) {
      if (exchange.deadlineNanos - originNanos > now || exchange.isDone()) {
        continue;
      }
      PlainConnection connection = exchange.connection;
      if (connection == null) {
        end(exchange, exchange.timedOut(false));
        abandon(exchange.attempt);
      } else {
        connection.timeOut(exchange);
      }
    }
    for (PlainExchange exchange : underWay) {
      watch(exchange.deadlineNanos - originNanos);
    }
  }

  /// Ends an exchange with its result.
  void end(PlainExchange exchange, Result result) {
    if (leave(exchange)) {
      exchange.fetcher.done(exchange, result);
    }
  }

  /// Ends an exchange whose body is compressed.
  void inflate(PlainExchange exchange, BodyBuffer zipped, String contentType) {
    if (leave(exchange)) {
      exchange.fetcher.inflate(exchange, zipped, contentType);
    } else {
      zipped.release();
    }
  }

  /// Ends an exchange whose answer was not 200.
  void refused(PlainExchange exchange, Failure failure, boolean isRedirect) {
    if (leave(exchange)) {
      exchange.fetcher.refused(exchange, failure, isRedirect);
    }
  }

  private boolean leave(PlainExchange exchange) {
    if (!exchange.over()) {
      return false;
    }
    PlainExchange last = underWay.removeLast();
    if (last != exchange) {
      underWay.set(exchange.place, last);
      last.place = exchange.place;
    }
    return true;
  }

  /// Closes the connections: the idle ones now, the others when their exchange is over.
  void close() {
    isClosed = true;
    for (ArrayDeque<PlainConnection> connections : List.copyOf(idle.values())) {
      List.copyOf(connections).forEach(PlainConnection::close);
    }
    idle.clear();
    List.copyOf(orphans.values()).forEach(Attempt::close);
  }
}
