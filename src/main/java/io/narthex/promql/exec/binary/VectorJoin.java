package io.narthex.promql.exec.binary;

import io.narthex.model.labels.Labels;
import io.narthex.promql.ast.Matching;
import io.narthex.promql.ast.Matching.Cardinality;
import io.narthex.promql.exec.series.MaterialSet;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.Rest;
import io.narthex.promql.exec.series.SameLabels;
import io.narthex.promql.exec.series.SeriesBytes;
import io.narthex.promql.exec.series.Signatures;
import io.narthex.promql.exec.series.VectorSet;
import io.narthex.promql.plan.Plan;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Arithmetic and comparison between two vectors. Series are joined by signatures that are hashed
/// once a series. Where the labels alone show that no series has two partners, pairs are evaluated
/// one after another and nothing is held; otherwise {@link GroupJoin} looks at every step.
public final class VectorJoin {

  private final QueryScope scope;
  private final Plan.Binary plan;
  private final Matching matching;
  private final int steps;
  private final MatchLabels labels;

  public VectorJoin(QueryScope scope, Plan.Binary plan, Matching matching, int steps) {
    this.scope = scope;
    this.plan = plan;
    this.matching = matching;
    this.steps = steps;
    boolean dropNow = plan.returnBool() && !scope.manner().delayedNameRemoval();
    labels = new MatchLabels(matching, dropNow || Arithmetic.changesMetric(plan.op()));
  }

  public VectorSet run(VectorSet left, VectorSet right) {
    boolean swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
    VectorSet many = swapped ? right : left;
    VectorSet one = swapped ? left : right;
    boolean fills = matching.fillLeft() != null || matching.fillRight() != null;
    if (!fills) {
      VectorSet pairs = pairs(many, one, swapped);
      if (pairs != null) {
        return SameLabels.merge(scope, pairs, steps);
      }
    }
    MaterialSet manyMaterial = MaterialSet.of(scope, many, steps);
    MaterialSet oneMaterial = MaterialSet.of(scope, one, steps);
    VectorSet joined =
        new GroupJoin(scope, plan, matching, labels, swapped, steps).run(manyMaterial, oneMaterial);
    return SameLabels.merge(scope, joined, steps);
  }

  /// The pairs, if the labels show that each series of the many side has one partner at most; else
  /// null.
  private @Nullable VectorSet pairs(VectorSet many, VectorSet one, boolean swapped) {
    Signatures signatures = MatchLabels.signatures(matching);
    for (int i = 0; i < one.size(); i++) {
      if (signatures.number(one.labels(i)) != i) {
        return null;
      }
    }
    int[] partners = new int[many.size()];
    int[] uses = new int[one.size()];
    int[] members = new int[many.size()];
    int n = 0;
    for (int i = 0; i < many.size(); i++) {
      int partner = signatures.find(many.labels(i));
      if (partner >= 0) {
        uses[partner]++;
        members[n] = i;
        partners[n++] = partner;
      }
    }
    boolean shared = Arrays.stream(uses).anyMatch(u -> u > 1);
    if (shared && matching.cardinality() == Cardinality.ONE_TO_ONE) {
      return null;
    }
    scope.limits().take(one.size() * SeriesBytes.SIGNATURE + n * SeriesBytes.MAP_ENTRY);
    Labels[] results = new Labels[n];
    Set<Labels> distinct = new HashSet<>();
    for (int i = 0; i < n; i++) {
      results[i] = labels.result(many.labels(members[i]), one.labels(partners[i]));
      scope.limits().take(SeriesBytes.labels(results[i]));
      if (!distinct.add(results[i]) && matching.cardinality() != Cardinality.ONE_TO_ONE) {
        return null;
      }
    }
    VectorSet partner = shared ? held(one) : one;
    rest(many, members, n);
    if (!shared) {
      rest(one, partners, n);
    }
    return new PairSet(
        plan,
        new PairSet.Side(many, members),
        new PairSet.Side(partner, partners),
        results,
        swapped,
        scope.stepNotes(steps));
  }

  /// Evaluates the series that have no partner, for their notes and errors.
  private void rest(VectorSet set, int[] members, int count) {
    boolean[] used = new boolean[set.size()];
    for (int i = 0; i < count; i++) {
      used[members[i]] = true;
    }
    Rest.evaluate(scope, set, used, steps);
  }

  /// Series that are asked for more than once are calculated once; the numbers stay what they are.
  private VectorSet held(VectorSet set) {
    if (set instanceof MaterialSet) {
      return set;
    }
    MaterialSet material = MaterialSet.of(scope, set, steps);
    return material.size() == set.size() ? material : new Renumbered(set, material, steps);
  }
}
