package io.narthex.promql.exec.series;

import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.series.Annotations.Note;
import java.time.Instant;

/// Buckets of classic histograms whose counts had to be raised: the extremes over all of them.
record ForcedMonotonicity(
    String key,
    Pos pos,
    long minMs,
    long maxMs,
    double minBucket,
    double maxBucket,
    double maxDiff,
    int count)
    implements Note {

  @Override
  public boolean info() {
    return true;
  }

  @Override
  public Note merge(Note earlier) {
    ForcedMonotonicity o = (ForcedMonotonicity) earlier;
    return new ForcedMonotonicity(
        key,
        o.pos,
        Math.min(minMs, o.minMs),
        Math.max(maxMs, o.maxMs),
        Math.min(minBucket, o.minBucket),
        Math.max(maxBucket, o.maxBucket),
        Math.max(maxDiff, o.maxDiff),
        count + o.count);
  }

  @Override
  public String text(String place) {
    return key
        + ", from buckets "
        + GoFloat.general(minBucket)
        + " to "
        + GoFloat.general(maxBucket)
        + ", with a max diff of "
        + GoFloat.general(maxDiff, 2)
        + ", over "
        + count
        + " samples from "
        + Instant.ofEpochSecond(minMs / 1000)
        + " to "
        + Instant.ofEpochSecond(maxMs / 1000)
        + " ("
        + place
        + ")";
  }
}
