package io.narthex.io.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/// Lets all connections of one event loop read into the same buffer: what is in it is taken out
/// before the next read, so there is never need of a second one. Its size is that of most bodies,
/// which makes for few calls of the system, and still less than the processor's second cache, out
/// of which it is copied.
final class ReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

  private static final int BYTES = 128 * 1024;

  private final ByteBuf buffer = Unpooled.directBuffer(BYTES, BYTES);

  @Override
  public Handle newHandle() {
    return new Shared();
  }

  private final class Shared extends MaxMessageHandle {

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      return buffer.refCnt() == 1 ? buffer.clear().retain() : allocator.ioBuffer(BYTES);
    }

    @Override
    public int guess() {
      return BYTES;
    }
  }
}
