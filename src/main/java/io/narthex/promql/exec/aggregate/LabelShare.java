package io.narthex.promql.exec.aggregate;

import io.narthex.model.labels.LabelHash;
import io.narthex.model.labels.Labels;

/// Where the hash of a label set lies between 0 and 1: what `limit_ratio` chooses by, the same on
/// every server. Source: prometheus `ratiosampler`.
final class LabelShare {

  private LabelShare() {}

  static double of(Labels labels) {
    long hash = LabelHash.of(labels);
    return ((hash >>> 1) * 2.0 + (hash & 1)) / 0x1p64;
  }
}
