package io.narthex.model.relabel;

import io.narthex.model.labels.GoQuote;
import java.util.Locale;

/// What a relabelling rule does.
public enum RelabelAction {
  /// Writes the expanded replacement into the target label if the regex matches.
  REPLACE,
  /// Drops the set unless the regex matches.
  KEEP,
  /// Drops the set if the regex matches.
  DROP,
  /// Drops the set unless the source equals the target label.
  KEEPEQUAL,
  /// Drops the set if the source equals the target label.
  DROPEQUAL,
  /// Writes the MD5 of the source, modulo `modulus`, into the target label.
  HASHMOD,
  /// Copies each label whose name matches to the name that the replacement gives.
  LABELMAP,
  /// Removes the labels whose name matches.
  LABELDROP,
  /// Removes the labels whose name does not match.
  LABELKEEP,
  /// Writes the source in lower case into the target label.
  LOWERCASE,
  /// Writes the source in upper case into the target label.
  UPPERCASE;

  private final String text = name().toLowerCase(Locale.ROOT);

  /// The word of the configuration file.
  public String text() {
    return text;
  }

  /// The action of a configuration file's word, in any case.
  ///
  /// @throws IllegalArgumentException with Prometheus' wording
  public static RelabelAction parse(String word) {
    for (RelabelAction action : values()) {
      if (action.text.equals(word.toLowerCase(Locale.ROOT))) {
        return action;
      }
    }
    throw new IllegalArgumentException("unknown relabel action " + GoQuote.quote(word));
  }
}
