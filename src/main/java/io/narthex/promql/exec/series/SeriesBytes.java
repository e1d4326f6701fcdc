package io.narthex.promql.exec.series;

import io.narthex.model.labels.Labels;

/// What a series takes on the heap beside its values, for {@link Limits#take}. With few steps that
/// is most of what a query over many series needs. Bytes of objects and arrays with their headers.
public final class SeriesBytes {

  /// A signature that is seen for the first time, with its places in the tables.
  public static final long SIGNATURE = 32;

  /// A series that is held, but for its labels and values: the entry, the column, its array.
  public static final long HELD = 80;

  /// An entry of a hash map.
  public static final long MAP_ENTRY = 48;

  /// A sample of an answer.
  public static final long SAMPLE = 40;

  /// The points of a series of an answer, but for the points themselves.
  public static final long POINTS = 112;

  private static final long SELECTED = 72;

  private SeriesBytes() {}

  /// New labels over strings that are there already.
  public static long labels(Labels labels) {
    return 40 + 8L * labels.size();
  }

  /// A series that a selector has found: its labels, and where its samples lie.
  public static long selected(Labels labels) {
    return SELECTED + labels(labels);
  }
}
