package io.narthex.rules;

import io.narthex.model.labels.Labels;
import io.narthex.promql.ast.Expr;
import java.util.Map;

/// One rule of a group: an expression that is evaluated again and again, and what becomes of its
/// result.
public sealed interface Rule {

  /// The metric that is recorded, or the name of the alert.
  String name();

  /// What is evaluated.
  Expr expr();

  /// Set on each series of the result: the group's labels, overridden by the rule's.
  Labels labels();

  /// The result becomes series named `name`.
  record Recording(String name, Expr expr, Labels labels) implements Rule {}

  /// Each series of the result is an alert.
  ///
  /// @param forMs how long it must be there before it fires
  /// @param keepFiringForMs how long it goes on when it is there no more
  record Alerting(
      String name,
      Expr expr,
      Labels labels,
      long forMs,
      long keepFiringForMs,
      Map<String, String> annotations)
      implements Rule {}
}
