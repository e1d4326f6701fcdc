package io.narthex.io.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.narthex.clock.Clock;
import io.narthex.io.http.Fetcher.Body;
import io.narthex.io.http.Fetcher.Failure;
import io.narthex.io.http.Fetcher.Request;
import io.narthex.io.http.Fetcher.Result;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What happens on the event loop of a lane, and nowhere else.
class PlainLaneTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private record End(Result result, boolean onLoop) {}

  @Test
  void aConnectionThatCannotEvenBeMadeEndsOnTheLoop() throws Exception {
    EventExecutor loop = vertx.nettyEventLoopGroup().next();
    Bootstrap none =
        new Bootstrap()
            .group((EventLoop) loop)
            .channelFactory(() -> {
              throw new ChannelException("Too many open files");
            });
    PlainFetcher fetcher = (PlainFetcher) new PlainFetcherTest().fetcher(vertx);
    PlainLane lane = new PlainLane((EventLoop) loop, none, new BodyPool(), Clock.system());
    Request request = new Request("http://127.0.0.1:1/metrics", "", Map.of(), 10_000, 0, 0);
    RequestHead head = RequestHead.of(request, MultiMap.caseInsensitiveMultiMap());
    assertNotNull(head);
    CompletableFuture<End> end = new CompletableFuture<>();
    long deadlineNanos = Clock.system().nanoTime() + TimeUnit.SECONDS.toNanos(10);
    PlainExchange exchange =
        new PlainExchange(
            fetcher,
            request,
            head,
            deadlineNanos,
            result -> end.complete(new End(result, loop.inEventLoop())));
    loop.execute(() -> lane.begin(exchange));
    End found = end.get(20, TimeUnit.SECONDS);
    Failure failure = assertInstanceOf(Failure.class, found.result());
    assertEquals(
        "Get \"http://127.0.0.1:1/metrics\": Too many open files; on the loop: true",
        failure.message() + "; on the loop: " + found.onLoop());
  }

  /// Channels whose connecting waits for a word of the test.
  private static final class Held extends NioSocketChannel {

    private @Nullable SocketAddress to;

    @Override
    protected boolean doConnect(SocketAddress remote, SocketAddress local) {
      to = remote;
      return false;
    }

    void letThrough() throws Exception {
      if (super.doConnect(to, null)) {
        unsafe().finishConnect();
      }
    }
  }

  @Test
  void whoComesAfterATimeoutWaitsForTheConnectionThatIsStillBeingMade() throws Exception {
    int port = server();
    EventLoop loop = (EventLoop) vertx.nettyEventLoopGroup().next();
    List<Held> made = new CopyOnWriteArrayList<>();
    PlainLane lane = slow(loop, made);
    for (int i = 0; i < 5; i++) {
      Failure late = assertInstanceOf(Failure.class, fetch(lane, loop, port, 1));
      assertEquals(
          "Get \"http://127.0.0.1:" + port + "/\": context deadline exceeded", late.message());
    }
    CompletableFuture<Result> last = begin(lane, loop, port, 20_000);
    loop.submit(
            () -> {
              made.getFirst().letThrough();
              return true;
            })
        .get(20, TimeUnit.SECONDS);
    Body body = assertInstanceOf(Body.class, last.get(20, TimeUnit.SECONDS));
    assertEquals(
        "up 1; connections: 1",
        new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8)
            + "; connections: "
            + made.size());
  }

  @Test
  void ofTwoThatTimedOutWhileConnectingOnlyOneConnectionIsKept() throws Exception {
    int port = server();
    EventLoop loop = (EventLoop) vertx.nettyEventLoopGroup().next();
    List<Held> made = new CopyOnWriteArrayList<>();
    PlainLane lane = slow(loop, made);
    CompletableFuture<Result> one = begin(lane, loop, port, 50);
    CompletableFuture<Result> other = begin(lane, loop, port, 50);
    assertInstanceOf(Failure.class, one.get(20, TimeUnit.SECONDS));
    assertInstanceOf(Failure.class, other.get(20, TimeUnit.SECONDS));
    long open = loop.submit(() -> made.stream().filter(Channel::isOpen).count()).get();
    assertEquals("2 made, 1 open", made.size() + " made, " + open + " open");
    loop.submit(lane::close).get(20, TimeUnit.SECONDS);
    open = loop.submit(() -> made.stream().filter(Channel::isOpen).count()).get();
    assertEquals(0, open);
  }

  /// A lane whose connections are not there until the test lets them through.
  ///
  /// @param made gets the channels
  private static PlainLane slow(EventLoop loop, List<Held> made) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channelFactory(() -> {
              Held channel = new Held();
              made.add(channel);
              return channel;
            });
    return new PlainLane(loop, bootstrap, new BodyPool(), Clock.system());
  }

  private int server() throws Exception {
    HttpServer server =
        vertx.createHttpServer().requestHandler(request -> request.response().end("up 1"));
    return server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS)
        .actualPort();
  }

  private Result fetch(PlainLane lane, EventLoop loop, int port, long timeoutMs) throws Exception {
    return begin(lane, loop, port, timeoutMs).get(20, TimeUnit.SECONDS);
  }

  private CompletableFuture<Result> begin(
      PlainLane lane, EventLoop loop, int port, long timeoutMs) {
    PlainFetcher fetcher = (PlainFetcher) new PlainFetcherTest().fetcher(vertx);
    Request request = new Request("http://127.0.0.1:" + port + "/", "", Map.of(), timeoutMs, 0, 0);
    RequestHead head = RequestHead.of(request, MultiMap.caseInsensitiveMultiMap());
    assertNotNull(head);
    CompletableFuture<Result> end = new CompletableFuture<>();
    long deadlineNanos = Clock.system().nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    PlainExchange exchange =
        new PlainExchange(fetcher, request, head, deadlineNanos, end::complete);
    loop.execute(() -> lane.begin(exchange));
    return end;
  }
}
