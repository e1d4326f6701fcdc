package io.narthex.model.labels;

import java.nio.charset.StandardCharsets;

/// The 64-bit hash by which label sets are named outside: Alertmanager's fingerprints and group
/// keys. FNV-1a over name, 0xff, value, 0xff of every label in order. Source: prometheus/common
/// `model.LabelsToSignature`.
public final class LabelFingerprint {

  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final int SEPARATOR = 0xff;

  private LabelFingerprint() {}

  /// The hash of `labels`.
  public static long of(Labels labels) {
    long hash = OFFSET_BASIS;
    for (int i = 0; i < labels.size(); i++) {
      hash = add(add(hash, labels.name(i)), labels.value(i));
    }
    return hash;
  }

  /// The hash as sixteen hexadecimal digits, as Alertmanager writes it.
  public static String text(Labels labels) {
    return String.format("%016x", of(labels));
  }

  private static long add(long hash, String text) {
    long h = hash;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (b & 0xff)) * PRIME;
    }
    return (h ^ SEPARATOR) * PRIME;
  }
}
