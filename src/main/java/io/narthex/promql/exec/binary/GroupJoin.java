package io.narthex.promql.exec.binary;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.ast.Matching;
import io.narthex.promql.ast.Matching.Cardinality;
import io.narthex.promql.exec.series.Annotations;
import io.narthex.promql.exec.series.Annotations.Note;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.EvalException;
import io.narthex.promql.exec.series.MaterialSet;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.SeriesBytes;
import io.narthex.promql.exec.series.Signatures;
import io.narthex.promql.exec.series.StepNotes;
import io.narthex.promql.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The join of two vectors step by step, signature by signature: for series that take turns, for
/// fill values, and for the mistakes that only a step can show.
final class GroupJoin {

  /// A result before it is one: its labels, and its place in the map.
  private static final long BYTES_A_RESULT = 2 * SeriesBytes.MAP_ENTRY;

  private final QueryScope scope;
  private final Plan.Binary plan;
  private final Matching matching;
  private final MatchLabels labels;
  private final boolean swapped;
  private final int steps;
  private final SlotOperator operator;
  private final StepNotes notes;
  private final Annotations met = new Annotations();
  private final @Nullable Double fillMany;
  private final @Nullable Double fillOne;

  GroupJoin(
      QueryScope scope,
      Plan.Binary plan,
      Matching matching,
      MatchLabels labels,
      boolean swapped,
      int steps) {
    this.scope = scope;
    this.plan = plan;
    this.matching = matching;
    this.labels = labels;
    this.swapped = swapped;
    this.steps = steps;
    operator = new SlotOperator(plan.op(), plan.pos());
    notes = scope.stepNotes(steps);
    fillMany = swapped ? matching.fillRight() : matching.fillLeft();
    fillOne = swapped ? matching.fillLeft() : matching.fillRight();
  }

  /// Series of one signature.
  private record Group(List<Integer> many, List<Integer> one) {
    Group() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /// A series that comes out. `matchedAt` is the last step at which something matched, whether a
  /// comparison held or not.
  private static final class Out {
    final Column column;
    int matchedAt = -1;

    Out(int steps) {
      column = new Column(steps);
    }
  }

  MaterialSet run(MaterialSet many, MaterialSet one) {
    Signatures signatures = MatchLabels.signatures(matching);
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < many.size(); i++) {
      group(groups, signatures.number(many.labels(i))).many.add(i);
    }
    for (int i = 0; i < one.size(); i++) {
      group(groups, signatures.number(one.labels(i))).one.add(i);
    }
    boolean[] active = active(many, one);
    Duplicate duplicate = firstDuplicate(one, signatures, active);
    int until = duplicate == null ? steps : duplicate.step;
    MaterialSet result = new MaterialSet();
    for (Group group : groups) {
      Map<Labels, Out> outs = new LinkedHashMap<>();
      for (int i = 0; i < until; i++) {
        if (active[i]) {
          step(group, many, one, i, outs);
        }
      }
      scope
          .limits()
          .take(outs.size() * (SeriesBytes.HELD + BYTES_A_RESULT + (long) steps * Double.BYTES));
      outs.forEach((resultLabels, out) -> {
        if (out.column.count() > 0) {
          result.add(resultLabels, plan.returnBool(), out.column);
        }
      });
    }
    if (duplicate != null) {
      throw duplicate.error;
    }
    return result;
  }

  /// Two series of the one side with one signature, at the first step at which both have a sample.
  private record Duplicate(int step, EvalException error) {}

  /// What the reference would stumble on first: it goes step by step.
  private @Nullable Duplicate firstDuplicate(
      MaterialSet one, Signatures signatures, boolean[] active) {
    int[] numbers = new int[one.size()];
    for (int s = 0; s < numbers.length; s++) {
      numbers[s] = signatures.number(one.labels(s));
    }
    if (Arrays.stream(numbers).distinct().count() == numbers.length) {
      return null;
    }
    int[] holder = new int[signatures.size()];
    for (int i = 0; i < steps; i++) {
      Arrays.fill(holder, -1);
      for (int s = 0; s < numbers.length && active[i]; s++) {
        if (one.column(s).present(i)) {
          if (holder[numbers[s]] >= 0) {
            return new Duplicate(i, duplicate(one.labels(holder[numbers[s]]), one.labels(s)));
          }
          holder[numbers[s]] = s;
        }
      }
    }
    return null;
  }

  private static Group group(List<Group> groups, int number) {
    while (groups.size() <= number) {
      groups.add(new Group());
    }
    return groups.get(number);
  }

  /// The steps at which there is anything to match: where a side is empty, not even duplicates on
  /// the other matter.
  private boolean[] active(MaterialSet many, MaterialSet one) {
    boolean[] a = present(many);
    boolean[] b = present(one);
    boolean fills = fillMany != null || fillOne != null;
    for (int i = 0; i < steps; i++) {
      a[i] = fills ? a[i] || b[i] : a[i] && b[i];
    }
    return a;
  }

  private boolean[] present(MaterialSet set) {
    boolean[] present = new boolean[steps];
    for (int s = 0; s < set.size(); s++) {
      Column column = set.column(s);
      for (int i = 0; i < steps; i++) {
        present[i] |= column.present(i);
      }
    }
    return present;
  }

  private void step(Group group, MaterialSet many, MaterialSet one, int i, Map<Labels, Out> outs) {
    int partner = partner(group, one, i);
    boolean matched = false;
    for (int m : group.many) {
      Column column = many.column(m);
      if (!column.present(i)) {
        continue;
      }
      double value = column.values[i];
      FloatHistogram histogram = column.histogram(i);
      if (partner >= 0) {
        Column other = one.column(partner);
        matched |=
            match(
                many.labels(m),
                value,
                histogram,
                one.labels(partner),
                other.values[i],
                other.histogram(i),
                i,
                m,
                matched,
                outs);
      } else if (fillOne != null) {
        Labels standIn = labels.matched(many.labels(m));
        matched |=
            match(many.labels(m), value, histogram, standIn, fillOne, null, i, m, matched, outs);
      }
    }
    if (!matched && fillMany != null && partner >= 0) {
      Labels standIn = labels.matched(one.labels(partner));
      Column other = one.column(partner);
      match(
          standIn,
          fillMany,
          null,
          one.labels(partner),
          other.values[i],
          other.histogram(i),
          i,
          many.size(),
          false,
          outs);
    }
  }

  /// The series of the one side that has a sample at step `i`, or -1.
  private int partner(Group group, MaterialSet one, int i) {
    for (int o : group.one) {
      if (one.column(o).present(i)) {
        return o;
      }
    }
    return -1;
  }

  /// The later of the two stands first, as in the reference.
  private EvalException duplicate(Labels earlier, Labels later) {
    return EvalException.failed(
        "found duplicate series for the match group "
            + labels.matched(later)
            + " on the "
            + (swapped ? "left" : "right")
            + " hand-side of the operation: ["
            + later
            + ", "
            + earlier
            + "];many-to-many matching not allowed: matching labels must be unique on one side");
  }

  /// Puts a match into its series; false if the operator does not fit the samples.
  private boolean match(
      Labels manyLabels,
      double manyValue,
      @Nullable FloatHistogram manyHistogram,
      Labels oneLabels,
      double oneValue,
      @Nullable FloatHistogram oneHistogram,
      int step,
      int order,
      boolean matchedBefore,
      Map<Labels, Out> outs) {
    SlotOperator.Outcome outcome =
        swapped
            ? operator.apply(oneValue, oneHistogram, manyValue, manyHistogram, met)
            : operator.apply(manyValue, manyHistogram, oneValue, oneHistogram, met);
    Note last = met.takeLast();
    if (last != null) {
      notes.put(step, order, last);
    }
    if (outcome == SlotOperator.Outcome.NONE) {
      return false;
    }
    Out out = outs.computeIfAbsent(labels.result(manyLabels, oneLabels), l -> new Out(steps));
    checkUnique(out, step, matchedBefore);
    out.matchedAt = step;
    put(outcome, step, out.column);
    return true;
  }

  private void checkUnique(Out out, int step, boolean matchedBefore) {
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      if (matchedBefore) {
        throw EvalException.failed(
            "multiple matches for labels: many-to-one matching must be explicit"
                + " (group_left/group_right)");
      }
    } else if (out.matchedAt == step) {
      throw EvalException.failed(
          "multiple matches for labels: grouping labels must ensure unique matches");
    }
  }

  private void put(SlotOperator.Outcome outcome, int step, Column column) {
    if (plan.returnBool()) {
      column.set(step, outcome == SlotOperator.Outcome.FALSE ? 0 : 1);
    } else if (outcome == SlotOperator.Outcome.FLOAT) {
      column.set(step, operator.value);
    } else if (outcome == SlotOperator.Outcome.HISTOGRAM && operator.histogram != null) {
      column.set(step, operator.histogram);
    }
  }
}
