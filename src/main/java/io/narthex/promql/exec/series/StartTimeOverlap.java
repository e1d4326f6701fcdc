package io.narthex.promql.exec.series;

import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.series.Annotations.Note;

/// Samples that began before the sample ahead of them ended, counted.
record StartTimeOverlap(String key, Pos pos, int count) implements Note {

  @Override
  public boolean info() {
    return false;
  }

  @Override
  public Note merge(Note earlier) {
    return new StartTimeOverlap(key, pos, count + ((StartTimeOverlap) earlier).count);
  }

  @Override
  public String text(String place) {
    return key + (count > 1 ? " (" + count + " occurrences)" : "") + " (" + place + ")";
  }
}
