package io.narthex.promql.promqltest;

import io.narthex.promql.value.QueryResult;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an eval expects beside its values: failure, warnings, infos, order, type.
final class Expectations {

  private final Script.Eval eval;

  Expectations(Script.Eval eval) {
    this.eval = eval;
  }

  private List<String> of(String what) {
    return eval.expectations().stream()
        .map(e -> e.substring("expect ".length()).strip())
        .filter(e -> e.equals(what) || e.startsWith(what + " "))
        .toList();
  }

  boolean ordered() {
    return eval.kind().equals("_ordered") || !of("ordered").isEmpty();
  }

  @Nullable String string() {
    List<String> wanted = of("string");
    if (wanted.isEmpty()) {
      String last = eval.results().isEmpty() ? "" : eval.results().getFirst();
      return last.length() > 1 ? unquoted(last) : null;
    }
    return unquoted(wanted.getFirst().substring("string".length()).strip());
  }

  private static String unquoted(String text) {
    String inner = text.substring(1, text.length() - 1);
    return text.startsWith("`") ? inner : inner.translateEscapes();
  }

  /// First time and step of the expected points.
  long[] grid() {
    List<String> wanted = of("range");
    if (wanted.isEmpty()) {
      return new long[] {eval.startMs(), Math.max(1, eval.stepMs())};
    }
    String[] words = wanted.getFirst().split("\\s+");
    return new long[] {Script.time(words[3]), Script.time(words[7])};
  }

  /// The empty string if the eval should fail with this message.
  String failure(String message) {
    List<String> wanted = of("fail");
    if (wanted.isEmpty() && !eval.kind().equals("_fail")) {
      return "failed: " + message;
    }
    for (String text : wanted) {
      String difference = difference(text.substring("fail".length()).strip(), List.of(message));
      if (!difference.isEmpty()) {
        return difference;
      }
    }
    return "";
  }

  /// The empty string if warnings and infos are as expected, and no failure was.
  String notes(QueryResult result) {
    if (!of("fail").isEmpty() || eval.kind().equals("_fail")) {
      return "should have failed, answered " + result.value();
    }
    String warnings = notes("warn", "no_warn", result.warnings());
    return warnings.isEmpty() ? notes("info", "no_info", result.infos()) : warnings;
  }

  private String notes(String some, String none, List<String> found) {
    List<String> wanted =
        of(some).stream().map(text -> text.substring(some.length()).strip()).toList();
    if (!of(none).isEmpty() && !found.isEmpty()) {
      return "unexpected " + found;
    }
    if ((!wanted.isEmpty() || eval.kind().equals("_" + some)) && found.isEmpty()) {
      return "no " + some;
    }
    for (String text : wanted) {
      String difference = difference(text, found);
      if (!difference.isEmpty()) {
        return difference;
      }
    }
    for (String note : wanted.isEmpty() ? List.<String>of() : found) {
      if (wanted.stream().noneMatch(text -> difference(text, List.of(note)).isEmpty())) {
        return "unexpected " + note;
      }
    }
    return "";
  }

  private static String difference(String wanted, List<String> found) {
    if (wanted.isEmpty()) {
      return "";
    }
    if (wanted.startsWith("msg:")) {
      String text = wanted.substring(4).strip();
      return found.stream().anyMatch(f -> f.equals(text) || f.startsWith(text + " ("))
          ? ""
          : "expected \"" + text + "\" found " + found;
    }
    Pattern regex = Pattern.compile(wanted.substring("regex:".length()).strip());
    return found.stream().anyMatch(f -> regex.matcher(f).find())
        ? ""
        : "expected /" + regex + "/ found " + found;
  }
}
