package io.narthex.promql.exec.function;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.MaterialSet;
import io.narthex.promql.exec.series.MetricName;
import io.narthex.promql.exec.series.Notes;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.SameLabels;
import io.narthex.promql.exec.series.Signatures;
import io.narthex.promql.exec.series.VectorSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts the buckets of classic histograms together and applies functions to them and to native
/// histograms. The series of one histogram are evaluated together and forgotten.
public final class HistogramGroups {

  private final QueryScope scope;
  private final VectorSet set;
  private final int steps;
  private final Pos pos;
  private final List<? extends BucketFunction> functions;
  private final MaterialSet result = new MaterialSet();
  private final boolean delayed;

  /// @param pos where the histograms come from
  public HistogramGroups(
      QueryScope scope,
      VectorSet set,
      int steps,
      Pos pos,
      List<? extends BucketFunction> functions) {
    this.scope = scope;
    this.set = set;
    this.steps = steps;
    this.pos = pos;
    this.functions = functions;
    delayed = scope.manner().delayedNameRemoval();
  }

  /// A series with its values and, if it is a bucket, its bound; the bound is NaN if the label is
  /// none.
  private record Member(Labels labels, double bound, Column column) {}

  public VectorSet run() {
    Signatures signatures = new Signatures(List.of(Labels.BUCKET), false);
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < set.size(); i++) {
      int number = signatures.number(set.labels(i));
      if (number == groups.size()) {
        groups.add(new ArrayList<>());
      }
      groups.get(number).add(i);
    }
    Lane lane = scope.lane();
    for (List<Integer> group : groups) {
      group(group, lane);
    }
    return SameLabels.merge(scope, result, steps);
  }

  private void group(List<Integer> series, Lane lane) {
    List<Member> members = new ArrayList<>();
    for (int i : series) {
      Column column = lane.borrow(steps);
      set.evaluate(i, lane, column);
      Labels labels = set.labels(i);
      members.add(new Member(labels, bound(labels.get(Labels.BUCKET)), column));
    }
    List<Member> buckets = new ArrayList<>();
    for (Member member : members) {
      noteBadBound(member, lane);
      if (!Double.isNaN(member.bound)) {
        buckets.add(member);
      }
    }
    buckets.sort(Comparator.comparingDouble(Member::bound));
    Labels classicLabels = set.labels(series.getFirst()).without(Labels.BUCKET);
    for (BucketFunction function : functions) {
      Out out = new Out(function);
      for (Member member : members) {
        natives(member, buckets, classicLabels, out, lane);
      }
      classics(buckets, members, classicLabels, out, lane);
      out.finish();
    }
    members.forEach(m -> lane.give(m.column));
  }

  private void noteBadBound(Member member, Lane lane) {
    if (!Double.isNaN(member.bound)) {
      return;
    }
    for (int i = 0; i < steps; i++) {
      if (member.column.present(i) && member.column.histogram(i) == null) {
        String metric = metric(member.labels);
        lane.annotations.add(Notes.badBucket(metric, member.labels.get(Labels.BUCKET), pos));
        return;
      }
    }
  }

  private String metric(Labels labels) {
    return delayed ? labels.metricName() : "";
  }

  private void natives(
      Member member, List<Member> buckets, Labels classicLabels, Out out, Lane lane) {
    if (member.column.histograms == null) {
      return;
    }
    boolean same = member.labels.equals(classicLabels);
    for (int i = 0; i < steps; i++) {
      FloatHistogram histogram = member.column.histogram(i);
      if (histogram == null) {
        continue;
      }
      if (same && anyBucket(buckets, i)) {
        lane.annotations.add(Notes.mixedClassicNative(metric(member.labels), pos));
        continue;
      }
      String metric = delayed ? member.labels.metricName() : "";
      double value =
          out.function.nativeHistogram(
              histogram, new BucketFunction.Spot(i, metric, pos, lane.annotations));
      out.put(member.labels, i, value);
    }
  }

  private static boolean anyBucket(List<Member> buckets, int step) {
    for (Member bucket : buckets) {
      if (bucket.column.present(step) && bucket.column.histogram(step) == null) {
        return true;
      }
    }
    return false;
  }

  private void classics(
      List<Member> buckets, List<Member> members, Labels labels, Out out, Lane lane) {
    if (buckets.isEmpty()) {
      return;
    }
    Member nativeOne = nativeWith(members, labels);
    ClassicBuckets row = new ClassicBuckets();
    String metric = metric(labels);
    for (int i = 0; i < steps; i++) {
      if (nativeOne != null && nativeOne.column.histogram(i) != null) {
        continue;
      }
      row.clear();
      for (Member bucket : buckets) {
        if (bucket.column.present(i) && bucket.column.histogram(i) == null) {
          row.add(bucket.bound, bucket.column.values[i]);
        }
      }
      if (row.size > 0) {
        double value =
            out.function.classic(row, new BucketFunction.Spot(i, metric, pos, lane.annotations));
        out.put(labels, i, value);
      }
    }
  }

  private static @Nullable Member nativeWith(List<Member> members, Labels labels) {
    for (Member member : members) {
      if (member.column.histograms != null && member.labels.equals(labels)) {
        return member;
      }
    }
    return null;
  }

  /// The value of a bucket label as Go reads floats, or NaN.
  private static double bound(String le) {
    String text = le.startsWith("+") || le.startsWith("-") ? le.substring(1) : le;
    if (text.equalsIgnoreCase("inf") || text.equalsIgnoreCase("infinity")) {
      return le.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (text.isEmpty() || !plainNumber(text)) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(le);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /// Java's own suffixes and blanks are no part of a number here.
  private static boolean plainNumber(String text) {
    char last = text.charAt(text.length() - 1);
    return (last == '.' || last >= '0' && last <= '9') && text.indexOf(' ') < 0;
  }

  /// The series that come out of one group for one function.
  private final class Out {

    private final BucketFunction function;
    private final Map<Labels, Column> columns = new LinkedHashMap<>();

    Out(BucketFunction function) {
      this.function = function;
    }

    void put(Labels from, int step, double value) {
      Labels named = delayed ? from : MetricName.drop(from);
      Labels labels = function.relabels() ? function.labels(named, step) : named;
      columns.computeIfAbsent(labels, l -> new Column(steps)).set(step, value);
    }

    void finish() {
      columns.forEach((labels, column) -> {
        result.add(labels, true, column);
      });
    }
  }
}
