package io.narthex.tsdb;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a storage must hold: a map of maps. Where two samples of one time were both accepted,
/// either may be seen; where the storage is free to have forgotten one, it may be missing.
final class TsdbModel {

  /// Stands among the possible values of a time at which there may be no sample.
  static final String MISSING = "missing";

  private record Span(long minMs, long maxMs) {}

  private final Map<Labels, TreeMap<Long, Set<String>>> series = new TreeMap<>();
  private final Map<Labels, List<Span>> deleted = new HashMap<>();
  private final Map<Labels, Long> newest = new HashMap<>();

  /// A sample was accepted.
  void add(Labels labels, long tMs, String value) {
    newest.merge(labels, tMs, Math::max);
    Set<String> possible = at(labels, tMs);
    possible.add(value);
    for (Span span : deleted.getOrDefault(labels, List.of())) {
      if (span.minMs <= tMs && tMs <= span.maxMs) {
        // What comes late into a deleted span may be taken for deleted.
        possible.add(MISSING);
      }
    }
  }

  /// A sample may have been stored.
  void mayHave(Labels labels, long tMs, String value) {
    boolean known = series.getOrDefault(labels, new TreeMap<>()).containsKey(tMs);
    add(labels, tMs, value);
    if (!known) {
      at(labels, tMs).add(MISSING);
    }
  }

  /// A sample was refused; if `unsure` it may be there all the same.
  void mayHave(Labels labels, long tMs, String value, boolean unsure) {
    if (unsure) {
      mayHave(labels, tMs, value);
    }
  }

  private Set<String> at(Labels labels, long tMs) {
    return series
        .computeIfAbsent(labels, l -> new TreeMap<>())
        .computeIfAbsent(tMs, t -> new TreeSet<>());
  }

  /// A deletion may have been done, or a part of it.
  void mayBeDeleted(long minMs, long maxMs, Matcher matcher) {
    series.forEach((labels, samples) -> {
      if (matcher.matches(labels)) {
        samples.subMap(minMs, true, maxMs, true).values().forEach(v -> v.add(MISSING));
        deleted.computeIfAbsent(labels, l -> new ArrayList<>()).add(new Span(minMs, maxMs));
      }
    });
  }

  void delete(long minMs, long maxMs, Matcher matcher) {
    series.forEach((labels, samples) -> {
      if (matcher.matches(labels)) {
        samples.subMap(minMs, true, maxMs, true).clear();
        deleted.computeIfAbsent(labels, l -> new ArrayList<>()).add(new Span(minMs, maxMs));
      }
    });
  }

  /// Whatever is older may be gone.
  void mayForget(long beforeMs) {
    series.values().forEach(s -> s.headMap(beforeMs).values().forEach(v -> v.add(MISSING)));
  }

  /// Newest time of a series, deleted or not, or `Long.MIN_VALUE`.
  long newestMs(Labels labels) {
    return newest.getOrDefault(labels, Long.MIN_VALUE);
  }

  /// What is wrong with what was found of `[minMs, maxMs]` and the series of `matcher`; empty if
  /// nothing is.
  List<String> differences(
      Map<Labels, TreeMap<Long, String>> found, long minMs, long maxMs, Matcher matcher) {
    List<String> wrong = new ArrayList<>();
    series.forEach((labels, samples) -> {
      if (matcher.matches(labels)) {
        TreeMap<Long, String> actual = found.getOrDefault(labels, new TreeMap<>());
        samples
            .subMap(minMs, true, maxMs, true)
            .forEach((tMs, possible) -> {
              String value = actual.getOrDefault(tMs, MISSING);
              if (!possible.contains(value)) {
                wrong.add(labels + " at " + tMs + " is " + value + ", not " + possible);
              }
            });
      }
    });
    found.forEach((labels, samples) -> {
      TreeMap<Long, Set<String>> known = series.getOrDefault(labels, new TreeMap<>());
      samples.forEach((tMs, value) -> {
        if (!known.containsKey(tMs)) {
          wrong.add(labels + " at " + tMs + " is " + value + ", but nothing was stored");
        }
      });
    });
    return wrong;
  }

  TsdbModel copy() {
    TsdbModel copy = new TsdbModel();
    series.forEach((labels, samples) -> {
      TreeMap<Long, Set<String>> all = new TreeMap<>();
      samples.forEach((tMs, values) -> all.put(tMs, new TreeSet<>(values)));
      copy.series.put(labels, all);
    });
    deleted.forEach((labels, spans) -> copy.deleted.put(labels, new ArrayList<>(spans)));
    return copy;
  }
}
