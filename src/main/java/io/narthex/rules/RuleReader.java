package io.narthex.rules;

import io.narthex.config.Place;
import io.narthex.config.Section;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelNames;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Features;
import io.narthex.promql.parse.ParseException;
import io.narthex.promql.parse.PromqlParser;
import java.util.Map;

/// Reads and checks one rule of a group.
///
/// @param number of the rule in its group, 1 is the first
record RuleReader(String file, String group, int number, Features features) {

  Rule read(Section rule, Labels groupLabels) {
    String record = rule.string("record");
    String alert = rule.string("alert");
    if (!record.isEmpty() && !alert.isEmpty()) {
      throw wrong(
          rule,
          place(rule, "record") + place(rule, "alert"),
          "only one of 'record' and 'alert' must be set");
    }
    if (record.isEmpty() && alert.isEmpty()) {
      throw wrong(
          rule,
          place(rule, "record") + place(rule, "alert"),
          "one of 'record' or 'alert' must be set");
    }
    Expr expr = expr(rule);
    if (!record.isEmpty()) {
      checkRecord(rule, record);
    }
    checkNames(rule);
    LabelsBuilder labels = new LabelsBuilder(groupLabels);
    rule.<String>map("labels").forEach(labels::set);
    return record.isEmpty()
        ? new Rule.Alerting(
            alert,
            expr,
            labels.build(),
            rule.number("for"),
            rule.number("keep_firing_for"),
            rule.map("annotations"))
        : new Rule.Recording(record, expr, labels.build());
  }

  private Expr expr(Section rule) {
    String text = rule.string("expr");
    if (text.isEmpty()) {
      throw wrong(rule, place(rule, "expr"), "field 'expr' must be set in rule");
    }
    try {
      return PromqlParser.parse(text, features);
    } catch (ParseException e) {
      throw wrong(rule, place(rule, "expr"), "could not parse expression: " + e.getMessage());
    }
  }

  private void checkRecord(Section rule, String record) {
    for (String field : new String[] {"annotations", "for", "keep_firing_for"}) {
      if (rule.isSet(field)) {
        throw wrong(rule, place(rule, "record"), "invalid field '" + field + "' in recording rule");
      }
    }
    if (record.indexOf('{') >= 0 || record.indexOf('}') >= 0) {
      throw wrong(
          rule,
          place(rule, "record"),
          "braces present in the recording rule name; should it be in expr?: " + record);
    }
    if (!LabelNames.isUtf8(record)) {
      throw wrong(rule, place(rule, "record"), "invalid recording rule name: " + record);
    }
  }

  private void checkNames(Section rule) {
    Map<String, String> labels = rule.map("labels");
    for (String name : labels.keySet()) {
      if (RuleFiles.isBadLabel(name)) {
        throw wrong(rule, "", "invalid label name: " + name);
      }
    }
    Map<String, String> annotations = rule.map("annotations");
    for (String name : annotations.keySet()) {
      if (!LabelNames.isUtf8(name)) {
        throw wrong(rule, "", "invalid annotation name: " + name);
      }
    }
  }

  /// `line:column: ` of a field's value; zeros if nobody wrote it.
  private static String place(Section rule, String field) {
    if (!rule.isWritten(field)) {
      return "0:0: ";
    }
    Place place = rule.place(field);
    return place.line() + ":" + place.column() + ": ";
  }

  private RuleFileException wrong(Section rule, String places, String what) {
    String alert = rule.string("alert");
    String name = alert.isEmpty() ? rule.string("record") : alert;
    return new RuleFileException(
        file
            + ": "
            + places
            + "group "
            + GoQuote.quote(group)
            + ", rule "
            + number
            + ", "
            + GoQuote.quote(name)
            + ": "
            + what);
  }
}
