package io.narthex.promql.exec.aggregate;

import io.narthex.model.labels.Labels;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Where the hash of a label set lies between 0 and 1: what `limit_ratio` chooses by, the same on
/// every server. Source: prometheus `ratiosampler` over `labels_stringlabels.go`.
final class LabelShare {

  /// Lengths from here on take four bytes.
  private static final int LONG = 255;

  private LabelShare() {}

  static double of(Labels labels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < labels.size(); i++) {
      write(labels.name(i), out);
      write(labels.value(i), out);
    }
    byte[] bytes = out.toByteArray();
    long hash = XxHash64.of(bytes, bytes.length);
    return ((hash >>> 1) * 2.0 + (hash & 1)) / 0x1p64;
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
