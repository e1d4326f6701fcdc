package io.narthex.model.labels;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The 64-bit hash of a label set by which Prometheus spreads work and draws series: XXH64 over
/// names and values, each behind its length. The same on every server. Source: prometheus
/// `labels_stringlabels.go`.
public final class LabelHash {

  /// Lengths from here on take four bytes.
  private static final int LONG = 255;

  private LabelHash() {}

  /// The hash of `labels`, an unsigned number.
  public static long of(Labels labels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < labels.size(); i++) {
      write(labels.name(i), out);
      write(labels.value(i), out);
    }
    byte[] bytes = out.toByteArray();
    return XxHash64.of(bytes, bytes.length);
  }

  private static void write(String text, ByteArrayOutputStream out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < LONG) {
      out.write(bytes.length);
    } else {
      out.write(LONG);
      out.write(bytes.length);
      out.write(bytes.length >> 8);
      out.write(bytes.length >> 16);
    }
    out.writeBytes(bytes);
  }
}
