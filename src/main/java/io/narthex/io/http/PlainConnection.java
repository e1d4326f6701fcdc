package io.narthex.io.http;

import io.narthex.io.http.Fetcher.Body;
import io.narthex.io.http.Fetcher.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/// One connection of a plain fetcher: one exchange after another. Confined to its event loop.
final class PlainConnection extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = System.getLogger(PlainConnection.class.getName());

  private final PlainLane lane;
  private final String authority;
  private final AnswerReader reader;
  private @Nullable Channel channel;
  private @Nullable PlainExchange exchange;
  private @Nullable Throwable cause;
  private boolean wasUsed;

  /// When its last exchange was over.
  long idleSinceNanos;

  PlainConnection(PlainLane lane, String authority, BodyPool bodies) {
    this.lane = lane;
    this.authority = authority;
    reader = new AnswerReader(bodies);
  }

  String authority() {
    return authority;
  }

  /// Sends the request. The connection must be idle.
  void send(PlainExchange next) {
    exchange = next;
    next.connection = this;
    reader.begin(next.request);
    Channel to = channel();
    to.writeAndFlush(Unpooled.wrappedBuffer(next.head.bytes()), to.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      read(in);
    } finally {
      in.release();
    }
  }

  private void read(ByteBuf in) {
    PlainExchange current = exchange;
    if (current == null) {
      // Nobody has asked.
      close();
      return;
    }
    try {
      if (reader.read(in)) {
        complete(current, in.isReadable());
      }
    } catch (HttpClientException e) {
      String reason = "net/http: HTTP/1.x transport connection broken: " + e.getMessage();
      abandon();
      lane.end(current, reader.hasHead() ? new Failure(reason, false) : current.unanswered(reason));
    }
  }

  private void complete(PlainExchange current, boolean hasMore) {
    exchange = null;
    wasUsed = true;
    AnswerHead head = reader.head();
    BodyBuffer body = reader.takeBody();
    boolean isTooLarge = reader.isTooLarge();
    boolean isGzip = head.isGzip();
    boolean isRedirect = head.isRedirect();
    String contentType = head.contentType();
    Failure status = status(head);
    // From here on, the reader belongs to the next exchange.
    if (head.isKept() && !isTooLarge && !hasMore && channel().isActive()) {
      lane.idle(this);
    } else {
      close();
    }
    if (body == null) {
      lane.refused(current, status, isRedirect);
    } else if (isTooLarge) {
      body.release();
      lane.end(current, new Failure(BodyBuffer.TOO_LARGE, true));
    } else if (isGzip) {
      lane.inflate(current, body, contentType);
    } else {
      lane.end(current, new Body(body.bytes(), body.length(), contentType));
    }
  }

  private static Failure status(AnswerHead head) {
    return new Failure("server returned HTTP status " + head.status() + " " + head.reason(), false);
  }

  /// Ends the exchange because its time is over.
  void timeOut(PlainExchange current) {
    boolean hasHead = reader.hasHead();
    boolean isRefused = hasHead && reader.head().status() != 200;
    Failure failure = isRefused ? status(reader.head()) : current.timedOut(hasHead);
    abandon();
    lane.end(current, failure);
  }

  private void abandon() {
    exchange = null;
    reader.drop();
    close();
  }

  void close() {
    channel().close();
  }

  private Channel channel() {
    if (channel == null) {
      throw new IllegalStateException("BUG: the connection has no channel yet");
    }
    return channel;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    lane.gone(this);
    PlainExchange current = exchange;
    if (current == null) {
      return;
    }
    if (reader.end()) {
      complete(current, false);
      return;
    }
    exchange = null;
    reader.drop();
    if (wasUsed && reader.isUntouched()) {
      // The other side gave the connection up while the request was under way.
      current.connection = null;
      current.mayReuse = false;
      lane.proceed(current);
    } else if (reader.hasHead()) {
      lane.end(current, new Failure(cut("unexpected EOF", current), false));
    } else {
      lane.end(current, current.unanswered(cut("EOF", current)));
    }
  }

  private String cut(String otherwise, PlainExchange current) {
    return cause == null ? otherwise : GoErrors.text(cause, current.request.url());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    cause = thrown;
    if (!(thrown instanceof IOException)) {
      LOG.log(Level.WARNING, () -> "connection to " + authority + " broke", thrown);
    }
    context.close();
  }
}
