package io.narthex.io.http;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Decompresses gzip bodies into pooled arrays, with inflaters that are used again. The error texts
/// are those of Go's `compress/gzip`. Thread-safe.
final class Gunzip implements AutoCloseable {

  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;

  private final BodyPool bodies;
  private final ConcurrentLinkedDeque<Inflater> inflaters = new ConcurrentLinkedDeque<>();

  Gunzip(BodyPool bodies) {
    this.bodies = bodies;
  }

  /// A body under way.
  private static final class Output {
    byte[] bytes;
    int length;

    Output(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  /// Decompresses `zipped[0, length)`.
  ///
  /// @param limitBytes a result of that size is refused; 0 for none
  Fetcher.Result inflate(
      byte[] zipped, int length, int expectedBytes, long limitBytes, String contentType) {
    Inflater inflater = inflaters.pollLast();
    if (inflater == null) {
      inflater = new Inflater(true);
    }
    Output out = new Output(bodies.take(BodyBuffer.room(expectedBytes)));
    String error;
    try {
      error = members(inflater, zipped, length, limitBytes, out);
    } finally {
      inflater.reset();
      inflaters.addLast(inflater);
    }
    if (error.isEmpty()) {
      return new Fetcher.Body(out.bytes, out.length, contentType);
    }
    bodies.give(out.bytes);
    return new Fetcher.Failure(error, error.equals(BodyBuffer.TOO_LARGE));
  }

  private String members(
      Inflater inflater, byte[] zipped, int length, long limitBytes, Output out) {
    int at = 0;
    do {
      int begin = out.length;
      at = header(zipped, at, length);
      if (at < 0) {
        return "gzip: invalid header";
      }
      inflater.reset();
      inflater.setInput(zipped, at, length - at);
      String error = member(inflater, limitBytes, out);
      if (!error.isEmpty()) {
        return error;
      }
      at = length - inflater.getRemaining();
      if (at + TRAILER_BYTES > length) {
        return "unexpected EOF";
      }
      CRC32 crc = new CRC32();
      crc.update(out.bytes, begin, out.length - begin);
      if ((int) crc.getValue() != intAt(zipped, at)
          || out.length - begin != intAt(zipped, at + 4)) {
        return "gzip: invalid checksum";
      }
      at += TRAILER_BYTES;
    } while (at < length);
    return "";
  }

  private String member(Inflater inflater, long limitBytes, Output out) {
    try {
      while (!inflater.finished()) {
        // One byte stays spare for the reader.
        if (out.length + 1 >= out.bytes.length) {
          out.bytes = BodyBuffer.grown(bodies, out.bytes, out.length, out.bytes.length + 1);
        }
        int n = inflater.inflate(out.bytes, out.length, out.bytes.length - 1 - out.length);
        out.length += n;
        if (limitBytes > 0 && out.length >= limitBytes || out.length >= BodyBuffer.MAX_BYTES) {
          return BodyBuffer.TOO_LARGE;
        }
        if (n == 0 && !inflater.finished() && inflater.needsInput()) {
          return "unexpected EOF";
        }
        if (inflater.needsDictionary()) {
          return "flate: corrupt input before offset " + inflater.getBytesRead();
        }
      }
      return "";
    } catch (DataFormatException e) {
      return "flate: corrupt input before offset " + inflater.getBytesRead();
    }
  }

  /// The index behind the header at `from`, or -1 if there is none.
  private static int header(byte[] zipped, int from, int length) {
    if (from + HEADER_BYTES > length
        || zipped[from] != 0x1f
        || (zipped[from + 1] & 0xff) != 0x8b
        || zipped[from + 2] != 8) {
      return -1;
    }
    int flags = zipped[from + 3];
    int at = from + HEADER_BYTES;
    if ((flags & FLAG_EXTRA) != 0) {
      if (at + 2 > length) {
        return -1;
      }
      at += 2 + (zipped[at] & 0xff) + (zipped[at + 1] & 0xff) * 256;
    }
    if ((flags & FLAG_NAME) != 0) {
      at = behindZero(zipped, at, length);
    }
    if ((flags & FLAG_COMMENT) != 0) {
      at = behindZero(zipped, at, length);
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      at += 2;
    }
    return at <= length ? at : -1;
  }

  private static int behindZero(byte[] bytes, int from, int length) {
    int at = from;
    while (at < length && bytes[at] != 0) {
      at++;
    }
    return at + 1;
  }

  private static int intAt(byte[] b, int i) {
    return b[i] & 0xff | (b[i + 1] & 0xff) << 8 | (b[i + 2] & 0xff) << 16 | b[i + 3] << 24;
  }

  @Override
  public void close() {
    Inflater inflater = inflaters.pollLast();
    while (inflater != null) {
      inflater.end();
      inflater = inflaters.pollLast();
    }
  }
}
