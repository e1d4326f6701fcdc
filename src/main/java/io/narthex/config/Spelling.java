package io.narthex.config;

import java.util.Collection;

/// Finds what was probably meant.
final class Spelling {

  /// Changes (letters put in, taken out, replaced) that a slip may have.
  private static final int MAX_CHANGES = 2;

  private Spelling() {}

  /// The name that differs least from `name`, or the empty string if none is near.
  static String closest(String name, Collection<String> names) {
    String best = "";
    int least = Math.min(MAX_CHANGES, name.length() / 3) + 1;
    for (String candidate : names) {
      int changes = changes(name, candidate);
      if (changes < least) {
        least = changes;
        best = candidate;
      }
    }
    return best;
  }

  /// Levenshtein's distance.
  private static int changes(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
