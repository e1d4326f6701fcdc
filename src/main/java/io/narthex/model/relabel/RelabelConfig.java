package io.narthex.model.relabel;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelRegex;
import io.narthex.model.labels.NameValidation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One relabelling rule as it is configured. Making one checks only that the regex compiles; {@link
/// #validate} checks the rest, because what is valid depends on the names that are allowed.
///
/// @param sourceLabels labels whose values are joined into the source
/// @param separator between the joined values
/// @param regex RE2, anchored at both ends
/// @param modulus of the hash, unsigned; 0 if not given
/// @param targetLabel label that is written or compared; may hold `$1` for `replace`
/// @param replacement template of the written value, or of the name for `labelmap`
/// @param action null if the configuration says an empty word
public record RelabelConfig(
    List<String> sourceLabels,
    String separator,
    String regex,
    long modulus,
    String targetLabel,
    String replacement,
    @Nullable RelabelAction action) {

  public static final String DEFAULT_SEPARATOR = ";";
  public static final String DEFAULT_REGEX = "(.*)";
  public static final String DEFAULT_REPLACEMENT = "$1";

  /// A legacy label name in which `$1` or `${name}` may stand for a part.
  private static final LabelRegex LEGACY_TARGET =
      LabelRegex.compile("(?:(?:[a-zA-Z_]|\\$(?:\\{\\w+\\}|\\w+))+\\w*)+");

  public RelabelConfig {
    sourceLabels = List.copyOf(sourceLabels);
    LabelRegex.compile(regex);
  }

  /// A rule with the defaults of the configuration file.
  public static RelabelConfig of(RelabelAction action) {
    return new RelabelConfig(
        List.of(), DEFAULT_SEPARATOR, DEFAULT_REGEX, 0, "", DEFAULT_REPLACEMENT, action);
  }

  /// @throws IllegalArgumentException with Prometheus' wording if the fields do not go together
  public void validate(NameValidation names) {
    if (action == null) {
      throw new IllegalArgumentException("relabel action cannot be empty");
    }
    switch (action) {
      case REPLACE -> validateReplace(action, names);
      case HASHMOD -> {
        check(modulus != 0, "relabel configuration for hashmod requires non-zero modulus");
        requireTarget(action);
        checkTarget(action, names.allowsLabel(targetLabel));
      }
      case LOWERCASE, UPPERCASE -> validatePlainTarget(action, names);
      case KEEPEQUAL, DROPEQUAL -> {
        validatePlainTarget(action, names);
        check(
            regex.equals(DEFAULT_REGEX) && hasDefaultModulusAndSeparator(),
            action.text()
                + " action requires only 'source_labels' and `target_label`, and no other fields");
      }
      case LABELMAP ->
          check(
              allowsTemplate(replacement, names),
              GoQuote.quote(replacement) + " is invalid 'replacement' for labelmap action");
      case LABELDROP, LABELKEEP ->
          check(
              sourceLabels.isEmpty()
                  && targetLabel.isEmpty()
                  && hasDefaultModulusAndSeparator()
                  && replacement.equals(DEFAULT_REPLACEMENT),
              action.text() + " action requires only 'regex', and no other fields");
      case KEEP, DROP -> {}
    }
  }

  private void validateReplace(RelabelAction replace, NameValidation names) {
    requireTarget(replace);
    boolean allowed =
        targetLabel.indexOf('$') < 0
            ? names.allowsLabel(targetLabel)
            : allowsTemplate(targetLabel, names);
    checkTarget(replace, allowed);
  }

  private void validatePlainTarget(RelabelAction plain, NameValidation names) {
    requireTarget(plain);
    checkTarget(plain, names.allowsLabel(targetLabel));
    check(
        replacement.equals(DEFAULT_REPLACEMENT),
        "'replacement' can not be set for " + plain.text() + " action");
  }

  private static boolean allowsTemplate(String template, NameValidation names) {
    return switch (names) {
      case LEGACY -> LEGACY_TARGET.matches(template);
      case UTF8 -> names.allowsLabel(template);
    };
  }

  private boolean hasDefaultModulusAndSeparator() {
    return modulus == 0 && separator.equals(DEFAULT_SEPARATOR);
  }

  private void requireTarget(RelabelAction of) {
    check(
        !targetLabel.isEmpty(),
        "relabel configuration for " + of.text() + " action requires 'target_label' value");
  }

  private void checkTarget(RelabelAction of, boolean allowed) {
    check(
        allowed,
        GoQuote.quote(targetLabel) + " is invalid 'target_label' for " + of.text() + " action");
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw new IllegalArgumentException(message);
    }
  }
}
