package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `limit_ratio`: a pseudo-random share of the series, chosen by a hash of their labels so that it
/// is the same at every step and on every server; a negative ratio chooses the others. Source:
/// prometheus `promql/engine.go` `ratiosampler`.
final class Ratio {

  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;
  private static final long SEED_1 = 0x60EA27EEADC0B5D6L;
  private static final byte SEPARATOR = (byte) 0xff;

  private Ratio() {}

  static void limit(List<StepSeries> group, double[] param, Sinks.Sink sink) {
    for (StepSeries series : group) {
      StepSeries out = StepSeries.empty(series.labels, param.length);
      out.dropName = series.dropName;
      double offset = offset(series.labels);
      for (int i = 0; i < param.length; i++) {
        if (series.has(i) && chosen(Math.max(-1, Math.min(1, param[i])), offset)) {
          out.copy(i, series);
        }
      }
      if (!out.isEmpty()) {
        sink.accept(out);
      }
    }
  }

  private static boolean chosen(double ratio, double offset) {
    return ratio >= 0 ? offset < ratio : offset >= 1 + ratio;
  }

  /// The labels' place in `[0, 1]`.
  private static double offset(Labels labels) {
    long hash = xxHash64(bytes(labels));
    double unsigned = (hash >>> 1) * 2.0 + (hash & 1);
    return unsigned / 18446744073709551615.0;
  }

  private static byte[] bytes(Labels labels) {
    var out = new java.io.ByteArrayOutputStream();
    for (int i = 0; i < labels.size(); i++) {
      out.writeBytes(labels.name(i).getBytes(StandardCharsets.UTF_8));
      out.write(SEPARATOR);
      out.writeBytes(labels.value(i).getBytes(StandardCharsets.UTF_8));
      out.write(SEPARATOR);
    }
    return out.toByteArray();
  }

  /// XXH64 with seed 0. Source: the xxHash specification.
  static long xxHash64(byte[] b) {
    int at = 0;
    long h;
    if (b.length >= 32) {
      long v1 = SEED_1;
      long v2 = P2;
      long v3 = 0;
      long v4 = -P1;
      for (; at + 32 <= b.length; at += 32) {
        v1 = round(v1, word(b, at));
        v2 = round(v2, word(b, at + 8));
        v3 = round(v3, word(b, at + 16));
        v4 = round(v4, word(b, at + 24));
      }
      h =
          Long.rotateLeft(v1, 1)
              + Long.rotateLeft(v2, 7)
              + Long.rotateLeft(v3, 12)
              + Long.rotateLeft(v4, 18);
      h = merge(merge(merge(merge(h, v1), v2), v3), v4);
    } else {
      h = P5;
    }
    h += b.length;
    for (; at + 8 <= b.length; at += 8) {
      h = Long.rotateLeft(h ^ round(0, word(b, at)), 27) * P1 + P4;
    }
    if (at + 4 <= b.length) {
      long half =
          (b[at] & 0xffL)
              | (b[at + 1] & 0xffL) << 8
              | (b[at + 2] & 0xffL) << 16
              | (b[at + 3] & 0xffL) << 24;
      h = Long.rotateLeft(h ^ half * P1, 23) * P2 + P3;
      at += 4;
    }
    for (; at < b.length; at++) {
      h = Long.rotateLeft(h ^ (b[at] & 0xffL) * P5, 11) * P1;
    }
    h = (h ^ h >>> 33) * P2;
    h = (h ^ h >>> 29) * P3;
    return h ^ h >>> 32;
  }

  private static long round(long acc, long input) {
    return Long.rotateLeft(acc + input * P2, 31) * P1;
  }

  private static long merge(long h, long v) {
    return (h ^ round(0, v)) * P1 + P4;
  }

  private static long word(byte[] b, int at) {
    long word = 0;
    for (int i = 7; i >= 0; i--) {
      word = word << 8 | b[at + i] & 0xff;
    }
    return word;
  }
}
