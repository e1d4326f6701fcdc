package io.narthex.cli.query;

import io.narthex.model.sample.FloatText;

/// The bucket counts of many series together.
final class BucketSummary {

  private final Spread min = new Spread();
  private final Spread avg = new Spread();
  private final Spread max = new Spread();
  private final Spread total = new Spread();

  /// Least, mean and greatest of some numbers.
  private static final class Spread {
    private long min = Long.MAX_VALUE;
    private long max;
    private int count;
    private double avg;

    void add(long number) {
      min = Math.min(min, number);
      max = Math.max(max, number);
      count++;
      avg += (double) number / count - avg / count;
    }

    boolean same(Spread other) {
      return min == other.min && max == other.max && count == other.count && avg == other.avg;
    }

    @Override
    public String toString() {
      return min + "/" + FloatText.fixed(avg, 3) + "/" + max;
    }
  }

  void add(BucketCounts counts) {
    min.add(counts.min());
    avg.add((long) counts.avg());
    max.add(counts.max());
    total.add(counts.total());
  }

  int count() {
    return min.count;
  }

  @Override
  public String toString() {
    String text =
        "histogram series ("
            + count()
            + " in total):\n- min populated: "
            + min
            + "\n- avg populated: "
            + avg
            + "\n- max populated: "
            + max;
    return max.same(total) ? text : text + "\n- total: " + total;
  }
}
