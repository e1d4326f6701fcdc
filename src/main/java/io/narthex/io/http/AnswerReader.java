package io.narthex.io.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the answers that come over one connection, from bytes as they come. What it takes for the
/// end of an answer is what RFC 9112, section 6, says. Not thread-safe.
final class AnswerReader {

  private static final int HEAD_MOST_BYTES = 64 * 1024;

  /// An array for a body is made at once if the answer says that it is no larger.
  private static final int ROOM_MOST_BYTES = 16 * 1024 * 1024;

  /// What comes next.
  private enum Next {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER,
    REST,
    NOTHING
  }

  private final BodyPool bodies;
  private final AnswerHead head = new AnswerHead();
  private byte[] line = new byte[512];
  private int lineLength;
  private Next next = Next.NOTHING;

  /// Bytes that are left of the body or the chunk.
  private long left;

  private int expectedBytes;
  private long limitBytes;
  private boolean isTooLarge;
  private @Nullable BodyBuffer body;

  AnswerReader(BodyPool bodies) {
    this.bodies = bodies;
  }

  /// Expects the answer to a request.
  void begin(Fetcher.Request request) {
    expectedBytes = request.expectedBytes();
    limitBytes = request.bodySizeLimitBytes();
    lineLength = 0;
    isTooLarge = false;
    next = Next.HEAD;
  }

  /// Reads on; true when there is no more to read: the answer is complete or too large.
  ///
  /// @throws HttpClientException if this is no answer; the connection is of no use then
  boolean read(ByteBuf in) {
    while (in.isReadable() && next != Next.NOTHING) {
      switch (next) {
        case HEAD -> {
          if (isLineRead(in, true)) {
            headRead();
          } else {
            head.checkBegin(line, lineLength);
          }
        }
        case BODY, CHUNK, REST -> data(in);
        case CHUNK_SIZE -> {
          if (isLineRead(in, false)) {
            left = chunkSize();
            lineLength = 0;
            next = left == 0 ? Next.TRAILER : Next.CHUNK;
          }
        }
        case CHUNK_END -> {
          if (isLineRead(in, false)) {
            lineLength = 0;
            next = Next.CHUNK_SIZE;
          }
        }
        case TRAILER -> {
          if (isLineRead(in, false)) {
            boolean isBlank = line[0] == '\n' || line[0] == '\r' && lineLength == 2;
            next = isBlank ? Next.NOTHING : Next.TRAILER;
            lineLength = 0;
          }
        }
        case NOTHING -> {}
      }
    }
    return next == Next.NOTHING;
  }

  /// Takes bytes up to the end of the line, or of the head, over into `line`; false if there is
  /// more to come.
  private boolean isLineRead(ByteBuf in, boolean isHead) {
    while (in.isReadable()) {
      if (lineLength == line.length) {
        if (lineLength == HEAD_MOST_BYTES) {
          throw new HttpClientException("net/http: HTTP/1.x header is longer than 65536 bytes");
        }
        line = Arrays.copyOf(line, lineLength * 2);
      }
      int from = lineLength;
      int count = Math.min(in.readableBytes(), line.length - from);
      in.getBytes(in.readerIndex(), line, from, count);
      int end = lineEnd(from, from + count, isHead);
      lineLength = end < 0 ? from + count : end;
      in.skipBytes(lineLength - from);
      if (end >= 0) {
        return true;
      }
    }
    return false;
  }

  /// The index behind the end of the line, or of the head, in `line[from, to)`; -1 if there is
  /// none.
  private int lineEnd(int from, int to, boolean isHead) {
    for (int i = from; i < to; i++) {
      if (line[i] == '\n' && (!isHead || isBlankLine(i))) {
        return i + 1;
      }
    }
    return -1;
  }

  /// Whether the line is blank that ends at `at`.
  private boolean isBlankLine(int at) {
    boolean isBare = at >= 1 && line[at - 1] == '\n';
    return isBare || at >= 2 && line[at - 1] == '\r' && line[at - 2] == '\n';
  }

  private void headRead() {
    head.parse(line, lineLength);
    lineLength = 0;
    if (head.status() < 200) {
      if (head.status() == 101) {
        throw new HttpClientException("unexpected answer: 101 Switching Protocols");
      }
      return;
    }
    if (head.status() == 200) {
      long told = Math.min(head.lengthBytes(), ROOM_MOST_BYTES);
      int probably = head.isGzip() ? expectedBytes / 8 : expectedBytes;
      body = new BodyBuffer(bodies, told >= 0 ? (int) told : probably);
    }
    left = head.lengthBytes();
    next =
        head.hasNoBody() || left == 0
            ? Next.NOTHING
            : head.isChunked() ? Next.CHUNK_SIZE : left > 0 ? Next.BODY : Next.REST;
  }

  private long chunkSize() {
    long size = 0;
    int i = 0;
    for (; i < lineLength; i++) {
      int digit = Character.digit(line[i], 16);
      if (digit < 0) {
        break;
      }
      size = size << 4 | digit;
      if (size > BodyBuffer.MAX_BYTES) {
        throw new HttpClientException("http chunk length too large");
      }
    }
    byte behind = line[i];
    if (i == 0 || behind != '\r' && behind != '\n' && behind != ';' && behind != ' ') {
      throw new HttpClientException("invalid byte in chunk length");
    }
    return size;
  }

  private void data(ByteBuf in) {
    int count = in.readableBytes();
    if (next != Next.REST) {
      count = (int) Math.min(count, left);
      left -= count;
    }
    BodyBuffer into = body;
    if (into == null) {
      in.skipBytes(count);
    } else if (!into.add(in, count, head.isGzip() ? 0 : limitBytes)) {
      isTooLarge = true;
      next = Next.NOTHING;
      return;
    }
    if (left == 0) {
      next = next == Next.CHUNK ? Next.CHUNK_END : Next.NOTHING;
    }
  }

  /// The other side has closed the connection; true if the answer is complete by that.
  boolean end() {
    return next == Next.REST;
  }

  /// Whether the body reached the limit; the rest of it is still to come.
  boolean isTooLarge() {
    return isTooLarge;
  }

  /// Whether the head of a final answer has been read.
  boolean hasHead() {
    return next != Next.HEAD;
  }

  /// Whether not a single byte has come.
  boolean isUntouched() {
    return next == Next.HEAD && lineLength == 0;
  }

  /// Status and headers of the answer.
  AnswerHead head() {
    return head;
  }

  /// Hands the body over; null if the status was not 200.
  @Nullable BodyBuffer takeBody() {
    BodyBuffer taken = body;
    body = null;
    return taken;
  }

  /// Gives back what was read of a body.
  void drop() {
    BodyBuffer dropped = takeBody();
    if (dropped != null) {
      dropped.release();
    }
  }
}
