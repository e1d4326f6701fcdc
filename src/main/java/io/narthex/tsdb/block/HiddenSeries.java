package io.narthex.tsdb.block;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.tsdb.index.ChunkMetas;
import io.narthex.tsdb.index.IndexReader;
import io.narthex.tsdb.index.MatcherResolver;
import io.narthex.tsdb.index.Postings;
import io.narthex.tsdb.index.SeriesEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The series of a block of which all chunks in a span are deleted: labels that nobody else has are
/// not listed. Only while there are few: the labels of many stay listed until compaction removes
/// the series.
final class HiddenSeries {

  /// To look at one costs about a microsecond, to look for others with its label some more.
  private static final int MOST = 10_000;

  private final IndexReader index;
  private final Map<Long, Labels> hidden = new HashMap<>();

  /// @param minMs first instant of the span, inclusive
  /// @param maxMs last instant, inclusive
  HiddenSeries(IndexReader index, Tombstones tombstones, long minMs, long maxMs) {
    this.index = index;
    if (tombstones.count() > MOST) {
      return;
    }
    SeriesEntry entry = index.newEntry();
    tombstones.forEach((id, spans) -> {
      ChunkMetas chunks = entry.read(id).chunks(minMs, maxMs);
      int i = 0;
      while (i < chunks.size() && Tombstones.covers(spans, chunks.minMs(i), chunks.maxMs(i))) {
        i++;
      }
      if (i > 0 && i == chunks.size()) {
        hidden.put(id, entry.labels());
      }
    });
  }

  /// Those names that a series has that fulfils the matchers and is not hidden.
  List<String> names(List<String> names, List<Matcher> matchers) {
    Set<String> doubtful = new HashSet<>();
    hidden.values().forEach(labels -> doubtful.addAll(labels.names()));
    return names.stream()
        .filter(n -> !doubtful.contains(n) || isSeen(matchers, MatchType.NOT_EQUAL, n, ""))
        .toList();
  }

  /// Those values of a label that a series has that fulfils the matchers and is not hidden.
  List<String> values(String name, List<String> values, List<Matcher> matchers) {
    Set<String> doubtful = new HashSet<>();
    hidden.values().forEach(labels -> doubtful.add(labels.get(name)));
    return values.stream()
        .filter(v -> !doubtful.contains(v) || isSeen(matchers, MatchType.EQUAL, name, v))
        .toList();
  }

  private boolean isSeen(List<Matcher> matchers, MatchType type, String name, String value) {
    List<Matcher> all = new ArrayList<>(matchers);
    all.add(Matcher.of(type, name, value));
    Postings found = MatcherResolver.resolve(index, all);
    long id = found.next();
    while (id != Postings.END && hidden.containsKey(id)) {
      id = found.next();
    }
    return id != Postings.END;
  }
}
