package io.narthex.io.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.narthex.clock.Clock;
import io.narthex.io.http.Fetcher.Failure;
import io.narthex.io.http.Fetcher.Request;
import io.narthex.io.http.Fetcher.Result;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
}
