package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.promql.ast.BinaryOp;
import io.narthex.promql.ast.Expr.Binary;
import io.narthex.promql.ast.Matching;
import io.narthex.promql.ast.Matching.Cardinality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Arithmetic and comparison of two vectors. Signatures are made once a series; each pair of series
/// with the same one is evaluated over all steps. Source: prometheus `promql/engine.go`
/// `VectorBinop`.
final class VectorJoin {

  private final Evaluator evaluator;
  private final Binary binary;
  private final Matching matching;
  private final int steps;
  private final boolean swapped;
  private final Signature signature;
  private final boolean dropsName;

  /// Results by their labels; a step that two pairs claim is the user's mistake.
  private final Map<Labels, StepSeries> results = new LinkedHashMap<>();

  VectorJoin(Evaluator evaluator, Binary binary, int steps) {
    this.evaluator = evaluator;
    this.binary = binary;
    this.matching = Objects.requireNonNull(binary.matching());
    this.steps = steps;
    this.swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
    this.signature = new Signature(matching);
    this.dropsName = BinaryMath.changesMeaning(binary.op()) || binary.returnBool();
  }

  void join(List<StepSeries> left, List<StepSeries> right, Sinks.Sink sink) {
    List<StepSeries> many = swapped ? right : left;
    List<StepSeries> one = swapped ? left : right;
    boolean fills = matching.fillLeft() != null || matching.fillRight() != null;
    if ((many.isEmpty() || one.isEmpty()) && !fills) {
      return;
    }
    boolean[] manyAt = presence(many);
    Map<Labels, List<StepSeries>> index = index(one, manyAt, fills);
    Map<Labels, boolean[]> matched = new HashMap<>();
    for (StepSeries series : many) {
      Labels key = signature.of(series);
      pairs(series, key, index.getOrDefault(key, List.of()), matched);
    }
    if (fillFor(!swapped) != null) {
      fillMissingMany(index, matched);
    }
    results.values().stream().filter(s -> !s.isEmpty()).forEach(sink::accept);
  }

  private boolean[] presence(List<StepSeries> side) {
    boolean[] at = new boolean[steps];
    for (StepSeries series : side) {
      for (int i = 0; i < steps; i++) {
        at[i] |= series.has(i);
      }
    }
    return at;
  }

  /// The "one" side by signature; two series of a signature at one step are an error, if there is
  /// anything to match.
  private Map<Labels, List<StepSeries>> index(
      List<StepSeries> one, boolean[] manyAt, boolean fills) {
    Map<Labels, List<StepSeries>> index = new LinkedHashMap<>();
    for (StepSeries series : one) {
      List<StepSeries> same = index.computeIfAbsent(signature.of(series), k -> new ArrayList<>(1));
      for (StepSeries earlier : same) {
        for (int i = 0; i < steps; i++) {
          if (earlier.has(i) && series.has(i) && (manyAt[i] || fills)) {
            throw duplicate(series, earlier);
          }
        }
      }
      same.add(series);
    }
    return index;
  }

  private RuntimeException duplicate(StepSeries series, StepSeries earlier) {
    Labels matched = new LabelsBuilder(signatureLabels(series.labels)).build();
    String side = swapped ? "left" : "right";
    return EvalContext.error(
        "found duplicate series for the match group "
            + matched
            + " on the "
            + side
            + " hand-side of the operation: ["
            + series.labels
            + ", "
            + earlier.labels
            + "];many-to-many matching not allowed: matching labels must be unique on one side");
  }

  private Labels signatureLabels(Labels labels) {
    return signature.of(new StepSeries(labels, new double[0]));
  }

  private void pairs(
      StepSeries series, Labels key, List<StepSeries> partners, Map<Labels, boolean[]> matched) {
    boolean[] taken =
        matching.cardinality() == Cardinality.ONE_TO_ONE || fillFor(!swapped) != null
            ? matched.computeIfAbsent(key, k -> new boolean[steps])
            : null;
    boolean[] unpaired = new boolean[steps];
    Double fill = fillFor(swapped);
    if (fill != null) {
      for (int i = 0; i < steps; i++) {
        unpaired[i] = series.has(i);
      }
    }
    for (StepSeries partner : partners) {
      pair(series, partner, taken, unpaired);
    }
    if (fill != null) {
      StepSeries stand = constant(key, fill, unpaired);
      if (!stand.isEmpty()) {
        pair(series, stand, taken, unpaired);
      }
    }
  }

  /// What stands in for a missing left (`true`) or right side.
  private @Nullable Double fillFor(boolean left) {
    return left ? matching.fillLeft() : matching.fillRight();
  }

  private StepSeries constant(Labels labels, double value, boolean[] at) {
    StepSeries stand = StepSeries.empty(labels, steps);
    for (int i = 0; i < steps; i++) {
      if (at[i]) {
        stand.values[i] = value;
      }
    }
    return stand;
  }

  private void fillMissingMany(
      Map<Labels, List<StepSeries>> index, Map<Labels, boolean[]> matched) {
    double fill = Objects.requireNonNull(fillFor(!swapped));
    index.forEach((key, series) -> {
      boolean[] taken = matched.getOrDefault(key, new boolean[steps]);
      for (StepSeries one : series) {
        boolean[] missing = new boolean[steps];
        for (int i = 0; i < steps; i++) {
          missing[i] = one.has(i) && !taken[i];
        }
        StepSeries stand = constant(key, fill, missing);
        if (!stand.isEmpty()) {
          pair(stand, one, null, new boolean[steps]);
        }
      }
    });
  }

  private void pair(
      StepSeries many, StepSeries one, boolean @Nullable [] taken, boolean[] unpaired) {
    StepSeries l = swapped ? one : many;
    StepSeries r = swapped ? many : one;
    StepSeries out = null;
    for (int i = 0; i < steps; i++) {
      if (!many.has(i) || !one.has(i)) {
        continue;
      }
      unpaired[i] = false;
      double value = value(l, r, i, many, one);
      boolean kept = !StepSeries.isAbsent(value);
      if (taken != null) {
        if (matching.cardinality() == Cardinality.ONE_TO_ONE && taken[i]) {
          throw EvalContext.error(
              "multiple matches for labels: many-to-one matching must be explicit"
                  + " (group_left/group_right)");
        }
        taken[i] |=
            kept
                || matching.cardinality() != Cardinality.ONE_TO_ONE
                || !binary.op().isComparison()
                || binary.returnBool();
      }
      if (kept) {
        out = out == null ? result(many, one) : out;
        if (out.has(i)) {
          throw clash();
        }
        out.values[i] = value;
      }
    }
  }

  private RuntimeException clash() {
    return matching.cardinality() == Cardinality.ONE_TO_ONE
        ? EvalContext.error(Unique.message())
        : EvalContext.error(
            "multiple matches for labels: grouping labels must ensure unique matches");
  }

  private double value(StepSeries l, StepSeries r, int i, StepSeries many, StepSeries one) {
    if (!l.hasFloat(i) || !r.hasFloat(i)) {
      return HistogramBinary.withVector(
          evaluator.context, binary, l, r, i, () -> result(many, one));
    }
    BinaryOp op = binary.op();
    double x = l.values[i];
    double y = r.values[i];
    if (op == BinaryOp.TRIM_LOWER || op == BinaryOp.TRIM_UPPER) {
      return StepSeries.ABSENT;
    }
    if (!op.isComparison()) {
      return BinaryMath.value(op, x, y);
    }
    boolean holds = BinaryMath.compare(op, x, y);
    return binary.returnBool() ? (holds ? 1 : 0) : holds ? x : StepSeries.ABSENT;
  }

  private StepSeries result(StepSeries many, StepSeries one) {
    Labels labels = resultLabels(many, one);
    StepSeries out = results.computeIfAbsent(labels, k -> StepSeries.empty(k, steps));
    out.dropName |= many.dropName || dropsName && evaluator.context.features.delayedNameRemoval();
    return out;
  }

  private Labels resultLabels(StepSeries many, StepSeries one) {
    LabelsBuilder builder = new LabelsBuilder(many.labels);
    boolean delayed = evaluator.context.features.delayedNameRemoval();
    if (dropsName && !delayed) {
      builder.remove(Labels.NAME);
    }
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      if (matching.on()) {
        for (int i = 0; i < many.labels.size(); i++) {
          if (!matching.labels().contains(many.labels.name(i))) {
            builder.remove(many.labels.name(i));
          }
        }
      } else {
        matching.labels().forEach(builder::remove);
      }
    }
    for (String name : matching.include()) {
      builder.set(name, one.labels.get(name));
    }
    return builder.build();
  }
}
