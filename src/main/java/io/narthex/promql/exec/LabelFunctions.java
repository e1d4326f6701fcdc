package io.narthex.promql.exec;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.narthex.model.labels.LabelNames;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.promql.ast.Expr.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// `label_replace` and `label_join`.
final class LabelFunctions {

  private LabelFunctions() {}

  static void replace(Evaluator evaluator, Call call, StepGrid grid, Sinks sinks) {
    String target = Evaluator.text(call.args().get(1));
    String replacement = Evaluator.text(call.args().get(2));
    String source = Evaluator.text(call.args().get(3));
    String regex = Evaluator.text(call.args().get(4));
    Pattern pattern;
    try {
      pattern = Pattern.compile("^(?s:" + regex + ")$");
    } catch (PatternSyntaxException e) {
      throw EvalContext.error("invalid regular expression in label_replace(): " + regex);
    }
    if (!LabelNames.isUtf8(target)) {
      throw EvalContext.error("invalid destination label name in label_replace(): " + target);
    }
    Map<String, String> known = new HashMap<>();
    change(
        evaluator,
        call,
        grid,
        sinks,
        target,
        labels -> {
          String value = labels.get(source);
          String result;
          synchronized (known) {
            result = known.computeIfAbsent(value, v -> expanded(pattern, v, replacement));
          }
          return result.equals(NO_MATCH)
              ? labels
              : new LabelsBuilder(labels).set(target, result).build();
        });
  }

  /// No label value can hold a lone surrogate.
  private static final String NO_MATCH = "\ud800";

  private static String expanded(Pattern pattern, String value, String template) {
    Matcher matcher = pattern.matcher(value);
    return matcher.find() ? expand(template, matcher) : NO_MATCH;
  }

  /// Go's `Regexp.Expand`: `$1`, `${1}`, `$name`, `${name}`, `$$`; an unknown group is empty.
  private static String expand(String template, Matcher matcher) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c != '$' || at + 1 == template.length()) {
        out.append(c);
        at++;
        continue;
      }
      if (template.charAt(at + 1) == '$') {
        out.append('$');
        at += 2;
        continue;
      }
      boolean braced = template.charAt(at + 1) == '{';
      int from = at + (braced ? 2 : 1);
      int to = from;
      while (to < template.length()
          && (Character.isLetterOrDigit(template.charAt(to)) || template.charAt(to) == '_')) {
        to++;
      }
      if (to == from || braced && (to >= template.length() || template.charAt(to) != '}')) {
        out.append('$');
        at++;
        continue;
      }
      String group = group(matcher, template.substring(from, to));
      out.append(group == null ? "" : group);
      at = braced ? to + 1 : to;
    }
    return out.toString();
  }

  private static @Nullable String group(Matcher matcher, String name) {
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int number = name.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(name);
      return number <= matcher.groupCount() ? matcher.group(number) : null;
    }
    return matcher.pattern().namedGroups().containsKey(name) ? matcher.group(name) : null;
  }

  static void join(Evaluator evaluator, Call call, StepGrid grid, Sinks sinks) {
    String target = Evaluator.text(call.args().get(1));
    String separator = Evaluator.text(call.args().get(2));
    List<String> sources =
        call.args().subList(3, call.args().size()).stream().map(Evaluator::text).toList();
    for (String source : sources) {
      if (!LabelNames.isUtf8(source)) {
        throw EvalContext.error("invalid source label name in label_join(): " + source);
      }
    }
    if (!LabelNames.isUtf8(target)) {
      throw EvalContext.error("invalid destination label name in label_join(): " + target);
    }
    change(
        evaluator,
        call,
        grid,
        sinks,
        target,
        labels -> {
          String joined = String.join(separator, sources.stream().map(labels::get).toList());
          return new LabelsBuilder(labels).set(target, joined).build();
        });
  }

  private static void change(
      Evaluator evaluator,
      Call call,
      StepGrid grid,
      Sinks sinks,
      String target,
      UnaryOperator<Labels> change) {
    boolean name = target.equals(Labels.NAME);
    evaluator.vector(
        call.args().getFirst(),
        grid,
        Sinks.mapping(
            new Unique(sinks, true),
            () ->
                series -> {
                  series.labels = change.apply(series.labels);
                  if (name) {
                    series.dropName = false;
                  }
                  return series;
                }));
  }
}
