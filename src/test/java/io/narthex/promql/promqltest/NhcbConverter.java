package io.narthex.promql.promqltest;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.storage.SampleBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes native histograms with custom buckets of the classic ones of a load.
final class NhcbConverter {

  /// One classic histogram at one time: cumulative counts by bound, and what else is known.
  private static final class Classic {
    final TreeMap<Double, Double> buckets = new TreeMap<>();
    @Nullable Double count;
    double sum;
  }

  private NhcbConverter() {}

  static Map<Labels, SampleBuffer> convert(Map<Labels, SampleBuffer> loaded) {
    Map<Labels, TreeMap<Long, Classic>> found = new LinkedHashMap<>();
    loaded.forEach((labels, samples) -> {
      String name = labels.metricName();
      if (name.endsWith("_bucket")) {
        Double bound = bound(labels.get("le"));
        if (bound != null) {
          each(found, labels, "_bucket", samples, (c, v) -> c.buckets.putIfAbsent(bound, v));
        }
      } else if (name.endsWith("_sum")) {
        each(found, labels, "_sum", samples, (c, v) -> c.sum = v);
      } else if (name.endsWith("_count")) {
        each(found, labels, "_count", samples, (c, v) -> c.count = v);
      }
    });
    Map<Labels, SampleBuffer> converted = new LinkedHashMap<>();
    found.forEach((labels, byTime) -> {
      SampleBuffer samples = new SampleBuffer();
      byTime.forEach((tMs, classic) -> samples.add(tMs, histogram(labels, classic)));
      converted.put(labels, samples);
    });
    return converted;
  }

  private interface Setting {
    void set(Classic classic, double value);
  }

  private static void each(
      Map<Labels, TreeMap<Long, Classic>> found,
      Labels labels,
      String suffix,
      SampleBuffer samples,
      Setting setting) {
    String name = labels.metricName();
    Labels base =
        new LabelsBuilder(labels)
            .remove("le")
            .set(Labels.NAME, name.substring(0, name.length() - suffix.length()))
            .build();
    TreeMap<Long, Classic> byTime = found.computeIfAbsent(base, l -> new TreeMap<>());
    for (int i = 0; i < samples.size; i++) {
      if (samples.histogram(i) == null) {
        setting.set(
            byTime.computeIfAbsent(samples.timesMs[i], t -> new Classic()), samples.values[i]);
      }
    }
  }

  private static @Nullable Double bound(String le) {
    try {
      double bound =
          le.toLowerCase(java.util.Locale.ROOT).matches("[+]?inf")
              ? Double.POSITIVE_INFINITY
              : Double.parseDouble(le);
      return Double.isNaN(bound) ? null : bound;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static FloatHistogram histogram(Labels labels, Classic classic) {
    TreeMap<Double, Double> buckets = classic.buckets;
    double highest = buckets.isEmpty() ? 0 : buckets.lastEntry().getValue();
    double count = classic.count != null ? classic.count : highest;
    buckets.putIfAbsent(Double.POSITIVE_INFINITY, count);
    if (count != buckets.get(Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("load: " + labels + ": count is not that of all buckets");
    }
    double[] bounds =
        buckets.keySet().stream()
            .mapToDouble(d -> d)
            .filter(d -> d < Double.POSITIVE_INFINITY)
            .toArray();
    double[] counts = new double[buckets.size()];
    double before = 0;
    int k = 0;
    for (double cumulative : buckets.values()) {
      if (cumulative < before) {
        throw new IllegalArgumentException("load: " + labels + ": counts are not cumulative");
      }
      counts[k++] = cumulative - before;
      before = cumulative;
    }
    return new FloatHistogram(
        ResetHint.UNKNOWN,
        FloatHistogram.CUSTOM_BUCKETS,
        0,
        0,
        count,
        classic.sum,
        new int[] {0, counts.length},
        counts,
        new int[0],
        new double[0],
        bounds);
  }
}
