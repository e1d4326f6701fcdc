package io.narthex.promql.promqltest;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.promql.parse.SeriesDescription;
import io.narthex.promql.parse.SeriesDescription.SequenceValue;
import io.narthex.storage.SampleBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes native histograms with custom buckets of the classic ones of a script.
final class NhcbConverter {

  /// Buckets by bound, sum and count of one classic histogram.
  private static final class Classic {
    final TreeMap<Double, List<SequenceValue>> buckets = new TreeMap<>();
    List<SequenceValue> sum = List.of();
    List<SequenceValue> count = List.of();
  }

  private NhcbConverter() {}

  static Map<Labels, SampleBuffer> convert(List<String> lines, long stepMs) {
    Map<Labels, Classic> found = new HashMap<>();
    for (String line : lines) {
      SeriesDescription d = SeriesDescription.parse(line);
      String name = d.labels().metricName();
      if (name.endsWith("_bucket") && d.labels().get("le").matches("[0-9.e+-]+|[+]?[Ii]nf")) {
        of(found, d, "_bucket").buckets.put(bound(d.labels().get("le")), d.values());
      } else if (name.endsWith("_sum")) {
        of(found, d, "_sum").sum = d.values();
      } else if (name.endsWith("_count")) {
        of(found, d, "_count").count = d.values();
      }
    }
    Map<Labels, SampleBuffer> converted = new HashMap<>();
    found.forEach((labels, classic) -> {
      if (!classic.buckets.isEmpty()) {
        converted.put(labels, samples(classic, stepMs));
      }
    });
    return converted;
  }

  private static Classic of(Map<Labels, Classic> found, SeriesDescription d, String suffix) {
    String name = d.labels().metricName();
    Labels labels =
        new LabelsBuilder(d.labels())
            .remove("le")
            .set(Labels.NAME, name.substring(0, name.length() - suffix.length()))
            .build();
    return found.computeIfAbsent(labels, k -> new Classic());
  }

  private static double bound(String le) {
    return le.toLowerCase(java.util.Locale.ROOT).endsWith("inf")
        ? Double.POSITIVE_INFINITY
        : Double.parseDouble(le);
  }

  private static SampleBuffer samples(Classic classic, long stepMs) {
    SampleBuffer out = new SampleBuffer();
    int n = classic.buckets.values().stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < n; i++) {
      FloatHistogram histogram = at(classic, i);
      if (histogram != null) {
        out.add(i * stepMs, histogram);
      }
    }
    return out;
  }

  private static FloatHistogram at(Classic classic, int i) {
    double[] bounds =
        classic.buckets.keySet().stream()
            .mapToDouble(d -> d)
            .filter(d -> d < Double.POSITIVE_INFINITY)
            .toArray();
    double[] counts = new double[bounds.length + 1];
    double before = 0;
    int k = 0;
    boolean any = false;
    for (var bucket : classic.buckets.entrySet()) {
      SequenceValue value =
          i < bucket.getValue().size() ? bucket.getValue().get(i) : SequenceValue.OMITTED;
      if (!value.omitted()) {
        any = true;
        counts[Math.min(k, counts.length - 1)] = value.value() - before;
        before = value.value();
      }
      k++;
    }
    if (!any) {
      return null;
    }
    double count = number(classic.count, i, before);
    if (!classic.buckets.containsKey(Double.POSITIVE_INFINITY)) {
      counts[counts.length - 1] = count - before;
    }
    return new FloatHistogram(
        ResetHint.UNKNOWN,
        FloatHistogram.CUSTOM_BUCKETS,
        0,
        0,
        count,
        number(classic.sum, i, 0),
        new int[] {0, counts.length},
        counts,
        new int[0],
        new double[0],
        bounds);
  }

  private static double number(List<SequenceValue> values, int i, double absent) {
    return i < values.size() && !values.get(i).omitted() ? values.get(i).value() : absent;
  }
}
