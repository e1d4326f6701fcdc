package io.narthex.judge;

import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Prometheus 3.14, which the engine follows, says otherwise than the 3.5 that judges. Each
/// rule names the change.
final class NewerLanguage {

  private static final Pattern NAMED =
      Pattern.compile(
          "(.*(?:malformed value|classic and native|monotonicity|NaN obs).*?)"
              + "(?: for metric name \"[^\"]*\")?(?:, from buckets .*?)?( \\([0-9:]+\\))");
  private static final String LIBRARY =
      "(?s).*(sin|cos|tan|exp|ln|log2|log10|deg|rad|quantile|std|\\^|atan2).*";
  private static final String COUNTED =
      "(?s).*(rate|increase)\\W.*(native|nhcb|mixed|both|job=|__name__).*";
  private static final String NESTED = "(?s).*(histogram_(quantile|fraction).*){2}";
  private static final String HISTOGRAMS = "(?s).*(native|nhcb|mixed|both|job=|__name__).*";
  private static final String PINNED = "(?s).*timestamp\\([^()]*@[^()]*offset.*";
  private static final Pattern TIMES =
      Pattern.compile("(?s)\\{.*\\} values\\[[0-9]+\\] \\[([0-9.]+),.* against \\[([0-9.]+),.*");
  private static final Pattern PLACE = Pattern.compile("(.*) \\(1:([0-9]+)\\)");

  private NewerLanguage() {}

  /// Why the two may differ, or the empty string.
  static String reason(String query, String difference) {
    if (difference.contains("StepInvariantExpr")) {
      return "strings in parentheses no longer fail";
    }
    if (difference.contains("found [multiple matches") && difference.contains("success")) {
      return "comparisons that do not hold count as matches";
    }
    boolean otherNames = difference.startsWith("series missing") && difference.contains("__name__");
    if (otherNames && query.contains("bool") && query.contains("__name__)")) {
      return "group_left and group_right may bring a metric name back";
    }
    if (otherNames && query.matches("(?s).*(first|last)_over_time.*:.*")) {
      return "names that go away late do so inside subqueries, too";
    }
    boolean counted = difference.startsWith("peak ") || difference.startsWith("samples ");
    if (counted && query.matches(HISTOGRAMS)) {
      return "the old server loses count of histograms that it holds";
    }
    if (difference.startsWith("samples ") && query.matches("(?s).*histogram_(count|sum|avg).*")) {
      return "buckets that are left out are not counted over several steps either";
    }
    if (difference.startsWith("peak ") && query.matches("(?s).*predict_linear.*:.*@.*")) {
      return "a fixed subquery of predict_linear is evaluated once, not over the steps";
    }
    boolean bothDuplicates = difference.split("found duplicate series", -1).length == 3;
    if (bothDuplicates && difference.startsWith("error expected")) {
      return "the order of series between operators is a matter of chance";
    }
    if (difference.startsWith("{") && query.matches(COUNTED)) {
      return "rates of histograms are not extended below zero";
    }
    if (difference.contains("incompatible bucket layout encountered")
        || difference.contains("histograms with incompatible custom buckets")) {
      return "bounds of custom buckets are reconciled, not refused";
    }
    if (query.contains("histogram_fraction")) {
      return "histogram_fraction finds bounds in the first bucket";
    }
    if (query.contains("count_values") && difference.contains("found duplicate series")) {
      return "the order of values is a matter of chance";
    }
    boolean otherSeries = difference.contains("series missing");
    Matcher times = TIMES.matcher(difference);
    boolean otherTimes = times.matches() && !times.group(1).equals(times.group(2));
    if ((otherSeries || otherTimes) && query.matches("(?s).*(limitk|topk|bottomk).*")) {
      return "which of equal samples is chosen is a matter of chance";
    }
    boolean counts = otherSeries && query.contains("count_values");
    if (counts && (query.contains("avg") || query.matches(LIBRARY))) {
      return "last digits of averages and library functions differ";
    }
    if (difference.startsWith("{") && query.contains("%") && query.matches(LIBRARY)) {
      return "last digits of library functions differ, and a remainder makes them the first";
    }
    if (query.matches(PINNED) && difference.contains(" against ")) {
      return "the timestamp of a selector with @ does not lose its offset here, as README says";
    }
    if (query.contains("info(")) {
      return "info no longer mixes up series";
    }
    if (difference.contains("int64]") || difference.contains("value is NaN]")) {
      return "parameters of aggregations are checked before their series";
    }
    return "";
  }

  /// An error as a newer server would say it.
  static String error(String text) {
    return text.replace("\"<Item 57400>\" <op:@>", "<op:@>");
  }

  /// Notes without what only one of the versions says.
  static TreeSet<String> notes(String query, TreeSet<String> notes) {
    TreeSet<String> kept = new TreeSet<>();
    for (String note : notes) {
      // Names are left out unless metric names go away late; details were added.
      Matcher named = NAMED.matcher(note);
      String text = named.matches() ? named.group(1) + named.group(2) : note;
      Matcher place = PLACE.matcher(text.replaceAll("<Item [0-9]+>", "<Item>"));
      if (place.matches()) {
        int at = inside(query, Integer.parseInt(place.group(2)) - 1);
        // Of notes on monotonicity that are merged, the place of the first one counts now; those on
        // NaN observations name the place of the histograms instead of the quantile's.
        // Those on buckets of calls in each other have the same text now, and so are one.
        boolean elsewhere =
            note.contains("monotonicity")
                || note.contains("NaN observations")
                || note.contains("malformed value") && query.matches(NESTED);
        text = place.group(1) + " at " + (elsewhere ? 0 : at);
      }
      if (!note.contains("sort is ineffective")) {
        kept.add(text);
      }
    }
    return kept;
  }

  /// Places are those of the expression inside parentheses now; a plus sign does not count either.
  private static int inside(String query, int column) {
    byte[] bytes = query.getBytes(StandardCharsets.UTF_8);
    int at = column;
    while (at < bytes.length && (bytes[at] == '(' || bytes[at] == ' ' || bytes[at] == '+')) {
      at++;
    }
    return at;
  }
}
