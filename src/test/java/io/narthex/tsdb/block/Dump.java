package io.narthex.tsdb.block;

import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// All samples of a storage, and all lines of `promtool tsdb dump`, in one comparable form: series
/// and time, with the raw bits of a float, or count, sum and non-empty buckets of a histogram.
public final class Dump {

  private static final Pattern LINE = Pattern.compile("(\\{.*?\\}) (\\{.*\\}|\\S+) (-?\\d+)");
  private static final Pattern BUCKET = Pattern.compile("[\\[(][^\\])]*[\\])]:([^,}]+)");
  private static final Pattern HEAD = Pattern.compile("\\{count:([^,]+), sum:([^,}]+)");

  private Dump() {}

  /// Samples of `[minMs, maxMs]` of the series that fulfil the matchers.
  public static TreeMap<String, String> of(
      Queryable storage, long minMs, long maxMs, Matcher... matchers) {
    TreeMap<String, String> dump = new TreeMap<>();
    try (Querier querier = storage.querier(minMs, maxMs)) {
      SeriesSet set = querier.select(true, SelectHints.of(minMs, maxMs), List.of(matchers));
      while (set.next()) {
        SampleBuffer out = new SampleBuffer(1);
        set.at().read(minMs, maxMs, out);
        for (int i = 0; i < out.size; i++) {
          FloatHistogram histogram = out.histogram(i);
          String value = histogram == null ? Double.toString(out.values[i]) : text(histogram);
          dump.put(set.at().labels() + " " + out.timesMs[i], value);
        }
      }
    }
    return dump;
  }

  public static TreeMap<String, String> all(Queryable storage) {
    return of(storage, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static String text(FloatHistogram histogram) {
    StringBuilder out = new StringBuilder();
    out.append(histogram.count).append(' ').append(histogram.sum);
    for (int i = histogram.negativeBuckets.length - 1; i >= 0; i--) {
      append(out, histogram.negativeBuckets[i]);
    }
    append(out, histogram.zeroCount);
    for (double bucket : histogram.positiveBuckets) {
      append(out, bucket);
    }
    return out.toString();
  }

  private static void append(StringBuilder out, double count) {
    if (count != 0) {
      out.append(' ').append(count);
    }
  }

  /// The lines of promtool's dump.
  public static TreeMap<String, String> parse(String text) {
    TreeMap<String, String> dump = new TreeMap<>();
    for (String line : text.split("\n")) {
      java.util.regex.Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new IllegalArgumentException("not a line of a dump: " + line);
      }
      dump.put(parts.group(1) + " " + parts.group(3), value(parts.group(2)));
    }
    return dump;
  }

  private static String value(String text) {
    if (!text.startsWith("{")) {
      return Double.toString(number(text));
    }
    java.util.regex.Matcher head = HEAD.matcher(text);
    if (!head.find()) {
      throw new IllegalArgumentException("not a histogram: " + text);
    }
    return BUCKET
        .matcher(text)
        .results()
        .map(r -> number(r.group(1)))
        .filter(n -> n != 0)
        .map(n -> " " + n)
        .collect(Collectors.joining("", number(head.group(1)) + " " + number(head.group(2)), ""));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
