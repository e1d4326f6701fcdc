package io.narthex.tsdb.index;

import io.narthex.model.labels.LabelRegex;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a list of matchers means over an index. A matcher that the empty value fulfils cannot be
/// looked up, because series without the label fulfil it too: it takes away the series whose values
/// do not fulfil it. All others are looked up and intersected. Same answers as prometheus
/// `tsdb.PostingsForMatchers`.
public final class MatcherResolver {

  private MatcherResolver() {}

  /// Ids of the series that fulfil all of `matchers`; all series if there are none.
  public static Postings resolve(LabelIndex index, List<Matcher> matchers) {
    List<Postings> wanted = new ArrayList<>();
    List<Postings> unwanted = new ArrayList<>();
    for (Matcher matcher : matchers) {
      if (matcher.matches("")) {
        if (!matchesEverything(matcher)) {
          unwanted.add(failing(index, matcher));
        }
      } else {
        Postings found = fulfilling(index, matcher);
        if (found.sizeBound() == 0) {
          return Postings.empty();
        }
        wanted.add(found);
      }
    }
    Postings result = wanted.isEmpty() ? index.all() : Postings.intersect(wanted);
    for (Postings removed : unwanted) {
      result = Postings.without(result, removed);
    }
    return result;
  }

  private static boolean any(String value) {
    return true;
  }

  private static boolean matchesEverything(Matcher matcher) {
    return matcher.type() == MatchType.REGEXP && matcher.value().equals(".*");
  }

  /// Series whose value of the label is there and fulfils the matcher, which "" does not.
  private static Postings fulfilling(LabelIndex index, Matcher matcher) {
    return switch (matcher.type()) {
      case EQUAL -> index.postings(matcher.name(), matcher.value());
      case NOT_EQUAL -> index.postings(matcher.name(), "", MatcherResolver::any);
      case REGEXP -> matching(index, matcher.name(), matcher.regex());
      case NOT_REGEXP -> notMatching(index, matcher.name(), matcher.regex());
    };
  }

  /// Series whose value of the label is there and does not fulfil the matcher, which "" does.
  private static Postings failing(LabelIndex index, Matcher matcher) {
    return switch (matcher.type()) {
      case EQUAL -> index.postings(matcher.name(), "", MatcherResolver::any);
      case NOT_EQUAL -> index.postings(matcher.name(), matcher.value());
      case REGEXP -> notMatching(index, matcher.name(), matcher.regex());
      case NOT_REGEXP -> matching(index, matcher.name(), matcher.regex());
    };
  }

  private static Postings matching(LabelIndex index, String name, @Nullable LabelRegex regex) {
    LabelRegex expression = present(regex);
    String text = expression.text();
    if (text.equals(".+") || text.equals(".*")) {
      return index.postings(name, "", MatcherResolver::any);
    }
    RegexShape shape = RegexShape.of(text);
    if (!shape.alternatives().isEmpty()) {
      List<Postings> lists = new ArrayList<>();
      for (String value : shape.alternatives()) {
        if (!value.isEmpty()) {
          lists.add(index.postings(name, value));
        }
      }
      return Postings.union(lists);
    }
    return index.postings(name, shape.prefix(), expression::matches);
  }

  private static Postings notMatching(LabelIndex index, String name, @Nullable LabelRegex regex) {
    LabelRegex expression = present(regex);
    if (expression.text().equals(".*") || expression.text().equals(".+")) {
      return Postings.empty();
    }
    return index.postings(name, "", value -> !expression.matches(value));
  }

  private static LabelRegex present(@Nullable LabelRegex regex) {
    if (regex == null) {
      throw new IllegalStateException("BUG: a regexp matcher without its expression");
    }
    return regex;
  }
}
