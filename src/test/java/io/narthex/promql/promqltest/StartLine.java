package io.narthex.promql.promqltest;

import io.narthex.clock.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line `metric@st OFFSETS`: start timestamps relative to the samples of the line behind it.
/// Offsets are written like values, with durations for numbers: `_ _x3 -30s -1m+1sx5`.
final class StartLine {

  /// Stands for a sample without a start timestamp.
  static final long NONE = Long.MIN_VALUE;

  private static final Pattern LINE = Pattern.compile("^(\\S+)@st\\s+(.*)$");
  private static final Pattern ITEM =
      Pattern.compile("([+-]?[0-9]+[a-z&&[^x]]*)(?:([+-])([0-9]+[a-z&&[^x]]*))?(?:x([0-9]+))?");

  private StartLine() {}

  static boolean is(String line) {
    return LINE.matcher(line).matches();
  }

  static List<Long> offsets(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no line of start timestamps: " + line);
    }
    List<Long> offsets = new ArrayList<>();
    for (String item : matcher.group(2).strip().split("\\s+")) {
      item(item, offsets);
    }
    return offsets;
  }

  private static void item(String item, List<Long> offsets) {
    if (item.startsWith("_")) {
      int times = item.length() == 1 ? 1 : Integer.parseInt(item.substring(2));
      for (int i = 0; i < times; i++) {
        offsets.add(NONE);
      }
      return;
    }
    Matcher matcher = ITEM.matcher(item);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no start timestamp: " + item);
    }
    long offset = ms(matcher.group(1));
    long delta = matcher.group(3) == null ? 0 : ms(matcher.group(2) + matcher.group(3));
    int times = matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4));
    for (int i = 0; i <= times; i++) {
      offsets.add(offset + i * delta);
    }
  }

  private static long ms(String text) {
    String plain = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    long ms = Durations.parseMs(plain);
    return text.startsWith("-") ? -ms : ms;
  }
}
