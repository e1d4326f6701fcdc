package io.narthex.promql.exec;

import io.narthex.model.labels.GoQuote;
import io.narthex.promql.ast.Expr.Pos;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Warnings and infos that a query collects, each text once. Thread-safe. Texts are the reference's
/// (`util/annotations`).
public final class Notes {

  private static final int MOST = 10;

  private final String query;
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Set<String> infos = new LinkedHashSet<>();

  public Notes(String query) {
    this.query = query;
  }

  /// A warning at a place of the query.
  void warn(String text, Pos pos) {
    add(warnings, "PromQL warning: " + text, pos);
  }

  /// A warning about a metric; no name is mentioned if it is empty.
  void warnFor(String text, String metric, Pos pos) {
    warn(withName(text, metric), pos);
  }

  void info(String text, Pos pos) {
    add(infos, "PromQL info: " + text, pos);
  }

  void infoFor(String text, String metric, Pos pos) {
    info(withName(text, metric), pos);
  }

  /// A warning of the storage, without a place.
  void storageWarning(String text) {
    synchronized (this) {
      warnings.add(text);
    }
  }

  private static String withName(String text, String metric) {
    return metric.isEmpty() ? text : text + " for metric name " + GoQuote.quote(metric);
  }

  private void add(Set<String> texts, String text, Pos pos) {
    String placed = text + " (" + place(pos) + ")";
    synchronized (this) {
      texts.add(placed);
    }
  }

  /// `line:column`, both from 1, of a byte position; ASCII queries have bytes and chars alike.
  private String place(Pos pos) {
    int line = 1;
    int column = 1;
    int bytes = 0;
    for (int i = 0; i < query.length() && bytes < pos.start(); i++) {
      char c = query.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 2 : 3;
      if (c == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return line + ":" + column;
  }

  public synchronized List<String> warnings() {
    return limited(warnings, "warning");
  }

  public synchronized List<String> infos() {
    return limited(infos, "info");
  }

  private static List<String> limited(Set<String> texts, String kind) {
    List<String> list = new ArrayList<>(texts);
    if (list.size() <= MOST) {
      return list;
    }
    int rest = list.size() - MOST;
    List<String> first = new ArrayList<>(list.subList(0, MOST));
    first.add(rest + " more " + kind + " annotations omitted");
    return first;
  }
}
