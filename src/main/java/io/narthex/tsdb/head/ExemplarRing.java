package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.Exemplar;
import io.narthex.storage.ExemplarQueryable.SeriesExemplars;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The newest exemplars, as many as there is room for: each new one takes the place of the oldest
/// of all, whatever its series. Series are told apart by their labels, so that exemplars outlive
/// the series in the head. Source of the rules: prometheus `tsdb/exemplar.go`. Safe for any thread.
final class ExemplarRing {

  /// Characters that the labels of an exemplar may have together.
  static final int MOST_LABEL_CHARACTERS = 128;

  /// What becomes of an exemplar.
  enum Verdict {
    TAKEN,
    /// There is no room at all.
    DISABLED,
    /// It is the newest one of its series again.
    DUPLICATE,
    OUT_OF_ORDER,
    TOO_LONG
  }

  /// A place of the ring; those of a series are linked from old to new.
  private static final class Entry {
    final Chain chain;
    final Exemplar exemplar;
    @Nullable Entry newer;

    Entry(Chain chain, Exemplar exemplar) {
      this.chain = chain;
      this.exemplar = exemplar;
    }
  }

  /// The exemplars of a series.
  private static final class Chain {
    final Labels series;
    @Nullable Entry oldest;
    @Nullable Entry newest;

    Chain(Labels series) {
      this.series = series;
    }
  }

  private final Map<Labels, Chain> chains = new HashMap<>();
  private @Nullable Entry[] ring = {};

  /// The place that is written next; in a full ring, that of the oldest.
  private int next;

  private int count;
  private long appended;
  private long outOfOrder;

  ExemplarRing(int capacity) {
    resize(capacity);
  }

  /// Changes how many there is room for; the newest stay.
  synchronized void resize(int capacity) {
    List<Entry> known = inOrder();
    chains.clear();
    ring = new Entry[Math.max(0, capacity)];
    next = 0;
    count = 0;
    for (int i = Math.max(0, known.size() - ring.length); i < known.size(); i++) {
      put(known.get(i).chain.series, known.get(i).exemplar);
    }
  }

  /// All entries, oldest first.
  private List<Entry> inOrder() {
    List<Entry> all = new ArrayList<>(count);
    for (int i = 0; i < ring.length; i++) {
      Entry entry = ring[(next + i) % ring.length];
      if (entry != null) {
        all.add(entry);
      }
    }
    return all;
  }

  /// Hands all to `sink`, with the labels of their series, in the order in which they came.
  synchronized void forEach(BiConsumer<Labels, Exemplar> sink) {
    for (Entry entry : inOrder()) {
      sink.accept(entry.chain.series, entry.exemplar);
    }
  }

  /// Whether there is room for any.
  synchronized boolean isEnabled() {
    return ring.length > 0;
  }

  /// What would become of an exemplar.
  synchronized Verdict judge(Labels series, Exemplar exemplar) {
    if (ring.length == 0) {
      return Verdict.DISABLED;
    }
    if (characters(exemplar.labels()) > MOST_LABEL_CHARACTERS) {
      return Verdict.TOO_LONG;
    }
    Chain chain = chains.get(series);
    if (chain == null || chain.newest == null) {
      return Verdict.TAKEN;
    }
    Exemplar newest = chain.newest.exemplar;
    if (isSame(newest, exemplar)) {
      return Verdict.DUPLICATE;
    }
    return follows(newest, exemplar) ? Verdict.TAKEN : Verdict.OUT_OF_ORDER;
  }

  private static int characters(Labels labels) {
    int sum = 0;
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      String value = labels.value(i);
      sum += name.codePointCount(0, name.length()) + value.codePointCount(0, value.length());
    }
    return sum;
  }

  private static boolean isSame(Exemplar known, Exemplar other) {
    return known.labels().equals(other.labels())
        && (!known.hasTimestamp() || known.tMs() == other.tMs())
        && Double.compare(known.value(), other.value()) == 0;
  }

  /// Several buckets of a histogram may have exemplars of one time: they come sorted by value.
  private static boolean follows(Exemplar newest, Exemplar exemplar) {
    if (exemplar.tMs() != newest.tMs()) {
      return exemplar.tMs() > newest.tMs();
    }
    if (exemplar.value() != newest.value()) {
      return !(exemplar.value() < newest.value());
    }
    return exemplar.labels().compareTo(newest.labels()) >= 0;
  }

  /// Adds an exemplar unless something speaks against it.
  synchronized Verdict add(Labels series, Exemplar exemplar) {
    Verdict verdict = judge(series, exemplar);
    if (verdict == Verdict.TAKEN) {
      put(series, exemplar);
      appended++;
    } else if (verdict == Verdict.OUT_OF_ORDER) {
      outOfOrder++;
    }
    return verdict;
  }

  private void put(Labels series, Exemplar exemplar) {
    Entry gone = ring[next];
    if (gone != null) {
      drop(gone);
    }
    Chain chain = chains.computeIfAbsent(series, Chain::new);
    Entry entry = new Entry(chain, exemplar);
    if (chain.newest == null) {
      chain.oldest = entry;
    } else {
      chain.newest.newer = entry;
    }
    chain.newest = entry;
    ring[next] = entry;
    next = (next + 1) % ring.length;
    count++;
  }

  /// Takes out an entry, which is the oldest of its series.
  private void drop(Entry gone) {
    gone.chain.oldest = gone.newer;
    if (gone.newer == null) {
      chains.remove(gone.chain.series);
    }
    count--;
  }

  /// See {@link io.narthex.storage.ExemplarQueryable#exemplars}.
  synchronized List<SeriesExemplars> select(long minMs, long maxMs, List<List<Matcher>> selectors) {
    List<SeriesExemplars> found = new ArrayList<>();
    for (Chain chain : chains.values()) {
      if (selectors.stream().anyMatch(s -> s.stream().allMatch(m -> m.matches(chain.series)))) {
        List<Exemplar> wanted = new ArrayList<>();
        for (Entry e = chain.oldest; e != null; e = e.newer) {
          if (e.exemplar.tMs() >= minMs && e.exemplar.tMs() <= maxMs) {
            wanted.add(e.exemplar);
          }
        }
        if (!wanted.isEmpty()) {
          found.add(new SeriesExemplars(chain.series, wanted));
        }
      }
    }
    found.sort(Comparator.comparing(SeriesExemplars::series));
    return found;
  }

  /// Room, in exemplars.
  synchronized int capacity() {
    return ring.length;
  }

  synchronized int count() {
    return count;
  }

  synchronized int seriesCount() {
    return chains.size();
  }

  /// Time of the oldest exemplar in milliseconds, 0 if there is none.
  synchronized long oldestMs() {
    Entry oldest = ring.length == 0 ? null : ring[next] == null ? ring[0] : ring[next];
    return oldest == null ? 0 : oldest.exemplar.tMs();
  }

  synchronized long appended() {
    return appended;
  }

  synchronized long outOfOrder() {
    return outOfOrder;
  }
}
