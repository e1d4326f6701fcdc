package io.narthex.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Breaks paragraphs into lines of a width so that the squares of what is left free at their ends
/// are least, the last line apart, with a liking for breaks behind punctuation. Source: Go's
/// `go/doc/comment`, with which Kingpin lays out its help.
final class TextWrap {

  private static final long NO_PUNCTUATION = 64;

  private TextWrap() {}

  /// The text with each line behind `indent`; blank lines between its paragraphs. Paragraphs that
  /// begin with a space are left as they are.
  ///
  /// @param width of a line with its indent
  static String wrap(String text, String indent, int width) {
    List<String> paragraphs = new ArrayList<>();
    for (String paragraph : text.split("\n\n")) {
      if (paragraph.startsWith(" ")) {
        paragraphs.add(indent + paragraph.strip());
      } else {
        paragraphs.add(
            indent + String.join("\n" + indent, lines(paragraph, width - indent.length())));
      }
    }
    return String.join("\n\n", paragraphs);
  }

  private static List<String> lines(String paragraph, int width) {
    String[] words = paragraph.strip().split("\\s+");
    int[] total = new int[words.length + 1];
    for (int i = 0; i < words.length; i++) {
      total[i + 1] = total[i] + words[i].codePointCount(0, words[i].length()) + 1;
    }
    int[] from = breaks(words, total, width);
    List<String> lines = new ArrayList<>();
    for (int to = words.length; to > 0; to = from[to]) {
      lines.addFirst(String.join(" ", Arrays.copyOfRange(words, from[to], to)));
    }
    return lines;
  }

  /// For each count of words, where the last line of the best break of so many begins.
  private static int[] breaks(String[] words, int[] total, int width) {
    int[] from = new int[words.length + 1];
    long[] over = new long[words.length + 1];
    long[] cost = new long[words.length + 1];
    for (int to = 1; to <= words.length; to++) {
      over[to] = Long.MAX_VALUE;
      for (int start = to - 1; start >= 0; start--) {
        long left = width - (total[to] - 1 - total[start]);
        boolean last = to == words.length && left >= 0;
        long penalty = last ? 0 : penalty(words[to - 1]);
        long lineOver = left < 0 ? left * left : 0;
        long lineCost = last ? 0 : penalty + (left < 0 ? 0 : left * left);
        long sumOver = over[start] + lineOver;
        long sumCost = cost[start] + lineCost;
        if (sumOver < over[to] || sumOver == over[to] && sumCost <= cost[to]) {
          over[to] = sumOver;
          cost[to] = sumCost;
          from[to] = start;
        }
        if (left < -width) {
          break;
        }
      }
    }
    return from;
  }

  private static long penalty(String word) {
    return ".,:;".indexOf(word.charAt(word.length() - 1)) >= 0 ? 0 : NO_PUNCTUATION;
  }
}
