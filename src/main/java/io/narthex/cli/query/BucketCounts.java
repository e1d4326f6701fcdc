package io.narthex.cli.query;

import io.narthex.cli.terminal.ToolException;
import io.narthex.io.json.Json;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How many buckets of a histogram series are populated.
///
/// @param total buckets that there are, populated or not
record BucketCounts(long min, double avg, long max, long total) {

  @Override
  public String toString() {
    String text = min + "/" + FloatText.fixed(avg, 3) + "/" + max;
    return max == total ? text : text + "/" + total;
  }

  /// Of the samples of a native histogram; null if there are fewer than two.
  static @Nullable BucketCounts ofNative(List<Json> samples) {
    if (samples.size() < 2) {
      return null;
    }
    Set<String> overall = new HashSet<>();
    List<Long> populated = new ArrayList<>();
    for (Json sample : samples) {
      Json buckets = sample.asArray().get(1).asObject().find("buckets");
      List<Json> list = buckets == null ? List.of() : buckets.asArray();
      for (Json bucket : list) {
        List<Json> parts = bucket.asArray();
        overall.add(
            parts.get(0).asLong() + " " + parts.get(1).asString() + " " + parts.get(2).asString());
      }
      populated.add((long) list.size());
    }
    return of(populated, overall.size());
  }

  /// Of the series of a classic histogram's buckets; null if they have fewer than two samples.
  static @Nullable BucketCounts ofClassic(List<Json.Obj> buckets) {
    int samples = buckets.getFirst().get("values").asArray().size();
    if (samples < 2) {
      return null;
    }
    List<Json.Obj> sorted = new ArrayList<>(buckets);
    sorted.sort(Comparator.comparingDouble(BucketCounts::bound));
    List<Long> populated = new ArrayList<>();
    int first = sorted.getFirst().get("values").asArray().size();
    for (int i = 0; i < samples; i++) {
      populated.add(i < first ? populated(sorted, i) : 0);
    }
    return of(populated, buckets.size());
  }

  private static double bound(Json.Obj bucket) {
    Json bound = bucket.get("metric").asObject().get(Labels.BUCKET);
    return number(bound.asString());
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> parsed(text);
    };
  }

  private static double parsed(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// Buckets that hold something at the sample with index `i`. Where series end before it, those
  /// behind are not looked at.
  private static long populated(List<Json.Obj> sorted, int i) {
    long count = 0;
    double before = 0;
    String time = "";
    for (Json.Obj bucket : sorted) {
      List<Json> values = bucket.get("values").asArray();
      if (i >= values.size()) {
        break;
      }
      List<Json> pair = values.get(i).asArray();
      String at = PlainAnswers.time(pair.get(0));
      if (!time.isEmpty() && !time.equals(at)) {
        throw new ToolException("matrix result is not time aligned");
      }
      time = at;
      double value = number(pair.get(1).asString());
      count += (long) (value - before) != 0 ? 1 : 0;
      before = value;
    }
    return count;
  }

  private static BucketCounts of(List<Long> populated, long total) {
    long sum = populated.stream().mapToLong(n -> n).sum();
    long min = populated.stream().mapToLong(n -> n).min().orElse(0);
    long max = populated.stream().mapToLong(n -> n).max().orElse(0);
    return new BucketCounts(min, (double) sum / populated.size(), max, total);
  }
}
