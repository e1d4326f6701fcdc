package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the series that fulfil matchers: takes the shortest list of postings that one matcher
/// allows, and asks the labels of its series for the rest. Label strings of the head are unique, so
/// what a regular expression says of a value is remembered by the string's identity.
final class HeadSelection {

  /// A regular expression is tried on all values of its label if they are that much fewer than the
  /// series that would have to be looked at otherwise.
  private static final int SERIES_PER_VALUE = 2;

  private final HeadState state;

  HeadSelection(HeadState state) {
    this.state = state;
  }

  /// References of the series that fulfil all matchers, ascending.
  long[] select(List<Matcher> matchers) {
    long[] candidates = null;
    int fewest = state.table.live() + 1;
    @Nullable Matcher answered = null;
    for (Matcher matcher : matchers) {
      if (matcher.type() == MatchType.EQUAL && !matcher.value().isEmpty()) {
        RefList refs = state.postings.refs(matcher.name(), matcher.value());
        if (refs == null) {
          return new long[0];
        }
        if (refs.count() < fewest) {
          fewest = refs.count();
          answered = matcher;
        }
      }
    }
    for (Matcher matcher : matchers) {
      if (matcher.type() == MatchType.REGEXP && !matcher.matches("")) {
        Postings.Name name = state.postings.name(matcher.name());
        if (name == null) {
          return new long[0];
        }
        if (name.values().size() * (long) SERIES_PER_VALUE < fewest) {
          List<RefList> lists = lists(name, matcher);
          long sum = lists.stream().mapToLong(RefList::count).sum();
          if (sum < fewest) {
            fewest = (int) sum;
            answered = matcher;
            candidates = union(lists, (int) sum);
          }
        }
      }
    }
    if (candidates == null) {
      candidates = candidates(answered);
    }
    return filter(candidates, matchers, answered);
  }

  private long[] candidates(@Nullable Matcher answered) {
    if (answered == null) {
      return all();
    }
    RefList refs = state.postings.refs(answered.name(), answered.value());
    return refs == null ? new long[0] : refs.toArray();
  }

  private long[] all() {
    long[] refs = new long[1024];
    int n = 0;
    SeriesPage[] pages = state.table.pages();
    for (int p = 0; p < pages.length; p++) {
      SeriesPage page = pages[p];
      if (page == null) {
        continue;
      }
      for (int i = 0; i < SeriesPage.SERIES; i++) {
        if (page.labels[i] != null) {
          if (n == refs.length) {
            refs = Arrays.copyOf(refs, n * 2);
          }
          refs[n++] = (long) p << SeriesPage.SHIFT | i;
        }
      }
    }
    return Arrays.copyOf(refs, n);
  }

  private static List<RefList> lists(Postings.Name name, Matcher matcher) {
    List<RefList> lists = new ArrayList<>();
    for (Postings.Value value : name.values().values()) {
      if (matcher.matches(value.text)) {
        lists.add(value.refs);
      }
    }
    return lists;
  }

  /// All references of lists that share none, ascending.
  private static long[] union(List<RefList> lists, int capacity) {
    long[] all = new long[capacity];
    int n = 0;
    for (RefList list : lists) {
      long[] refs = list.toArray();
      if (n + refs.length > all.length) {
        all = Arrays.copyOf(all, n + refs.length);
      }
      System.arraycopy(refs, 0, all, n, refs.length);
      n += refs.length;
    }
    long[] sorted = n == all.length ? all : Arrays.copyOf(all, n);
    if (lists.size() > 1) {
      Arrays.sort(sorted);
    }
    return sorted;
  }

  private long[] filter(long[] candidates, List<Matcher> matchers, @Nullable Matcher answered) {
    List<LabelTest> tests = new ArrayList<>();
    for (Matcher matcher : matchers) {
      if (matcher != answered) {
        tests.add(new LabelTest(matcher));
      }
    }
    int n = 0;
    for (long ref : candidates) {
      Labels labels = state.table.labels(ref);
      if (labels != null && passes(labels, tests)) {
        candidates[n++] = ref;
      }
    }
    return n == candidates.length ? candidates : Arrays.copyOf(candidates, n);
  }

  private static boolean passes(Labels labels, List<LabelTest> tests) {
    for (int i = 0; i < tests.size(); i++) {
      if (!tests.get(i).holds(labels)) {
        return false;
      }
    }
    return true;
  }

  /// A matcher that remembers what it said of a string.
  private static final class LabelTest {
    private final Matcher matcher;
    private final Map<String, Boolean> known = new IdentityHashMap<>();

    LabelTest(Matcher matcher) {
      this.matcher = matcher;
    }

    boolean holds(Labels labels) {
      String value = labels.get(matcher.name());
      if (!matcher.type().isRegexp()) {
        return matcher.matches(value);
      }
      return known.computeIfAbsent(value, matcher::matches);
    }
  }
}
