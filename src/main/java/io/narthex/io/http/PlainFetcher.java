package io.narthex.io.http;

import io.narthex.clock.Clock;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Fetches the plain case, which is nearly every scrape: `http://`, no proxy, answered with 200.
/// Everything else goes to a fetcher that can do it.
///
/// It speaks HTTP itself, over Netty's channels. A general client spends several times more on a
/// request (pools, contexts, futures, headers as objects, a timer, copies of the chunks) than the
/// whole rest of a scrape costs; and what is rarely run is late compiled, so a server pays for all
/// that machinery in its first minutes again.
///
/// ```text
/// PlainFetcher   which requests, on which loop, what becomes of their answers
/// PlainLane      one event loop's idle connections, exchanges under way, deadlines
/// PlainConnection, AnswerReader, AnswerHead   bytes to an answer
/// ```
final class PlainFetcher implements Fetcher {

  private final Fetcher general;
  private final boolean followRedirects;
  private final Supplier<Future<MultiMap>> credentials;
  private final BodyPool bodies;
  private final Gunzip gunzip;
  private final Executor workers;
  private final Clock clock;
  private final EventLoopGroup loops;
  private final AddressResolverGroup<InetSocketAddress> resolvers;
  private final EventLoop home;
  private final Map<EventLoop, ReadBuffer> readBuffers;
  private final Map<EventLoop, PlainLane> lanes = new ConcurrentHashMap<>();

  /// Fetches under way, and one for the fetcher itself while it is open.
  private final AtomicInteger users = new AtomicInteger(1);

  private volatile boolean isClosed;

  /// @param loops event loops of NIO
  /// @param general for what is not plain; becomes the fetcher's own
  /// @param credentials headers that say who we are, asked for before each request
  /// @param workers run decompression
  /// @param readBuffers of the loops, shared with other fetchers; filled here
  PlainFetcher(
      EventLoopGroup loops,
      AddressResolverGroup<InetSocketAddress> resolvers,
      Fetcher general,
      boolean followRedirects,
      Supplier<Future<MultiMap>> credentials,
      BodyPool bodies,
      Executor workers,
      Clock clock,
      Map<EventLoop, ReadBuffer> readBuffers) {
    this.loops = loops;
    this.resolvers = resolvers;
    this.general = general;
    this.followRedirects = followRedirects;
    this.credentials = credentials;
    this.bodies = bodies;
    this.workers = workers;
    this.clock = clock;
    this.readBuffers = readBuffers;
    gunzip = new Gunzip(bodies);
    home = loops.next();
  }

  @Override
  public void fetch(Request request, Consumer<Result> done) {
    if (isClosed || !request.url().startsWith("http://")) {
      general.fetch(request, done);
      return;
    }
    users.incrementAndGet();
    long deadlineNanos = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(request.timeoutMs());
    Future<MultiMap> own = credentials.get();
    if (own.succeeded()) {
      begin(request, own.result(), deadlineNanos, done);
    } else {
      own.onSuccess(headers -> begin(request, headers, deadlineNanos, done))
          .onFailure(e -> {
            release();
            String text = GoErrors.text(e, request.url());
            done.accept(new Failure("Get \"" + request.url() + "\": " + text, false));
          });
    }
  }

  private void begin(Request request, MultiMap own, long deadlineNanos, Consumer<Result> done) {
    RequestHead head = RequestHead.of(request, own);
    if (head == null) {
      release();
      general.fetch(request, done);
      return;
    }
    PlainExchange exchange = new PlainExchange(this, request, head, deadlineNanos, done);
    EventLoop loop = current();
    PlainLane lane = lanes.computeIfAbsent(loop, this::lane);
    if (loop.inEventLoop()) {
      lane.begin(exchange);
    } else {
      loop.execute(() -> lane.begin(exchange));
    }
  }

  /// The event loop that calls, so that it needs not be left; our own for other threads.
  private EventLoop current() {
    for (EventExecutor executor : loops) {
      if (executor.inEventLoop()) {
        return (EventLoop) executor;
      }
    }
    return home;
  }

  private PlainLane lane(EventLoop loop) {
    ReadBuffer reads = readBuffers.computeIfAbsent(loop, l -> new ReadBuffer());
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .resolver(resolvers)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.RCVBUF_ALLOCATOR, reads);
    return new PlainLane(loop, bootstrap, bodies, clock);
  }

  void done(PlainExchange exchange, Result result) {
    release();
    exchange.done.accept(result);
  }

  void inflate(PlainExchange exchange, BodyBuffer zipped, String contentType) {
    workers.execute(() -> {
      Request request = exchange.request;
      Result result =
          gunzip.inflate(
              zipped.bytes(),
              zipped.length(),
              request.expectedBytes(),
              request.bodySizeLimitBytes(),
              contentType);
      zipped.release();
      done(exchange, result);
    });
  }

  void refused(PlainExchange exchange, Failure failure, boolean isRedirect) {
    long leftMs = TimeUnit.NANOSECONDS.toMillis(exchange.deadlineNanos - clock.nanoTime());
    if (!isRedirect || !followRedirects || leftMs < 1) {
      done(exchange, failure);
      return;
    }
    release();
    // Each hop anew: who answers with redirects often closes the connection behind them, and the
    // general fetcher would find out by a request that fails.
    general.fetch(exchange.request.withTimeoutMs(leftMs).onOwnConnections(), exchange.done);
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      release();
      general.close();
    }
  }

  private void release() {
    if (users.decrementAndGet() == 0) {
      lanes.forEach((loop, lane) -> loop.execute(lane::close));
      gunzip.close();
    }
  }
}
