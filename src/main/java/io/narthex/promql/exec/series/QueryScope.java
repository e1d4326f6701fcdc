package io.narthex.promql.exec.series;

import io.narthex.storage.Querier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What every operator of one running query shares.
public final class QueryScope {

  /// How a query is answered.
  ///
  /// @param lookbackMs how far an instant selector looks back
  /// @param delayedNameRemoval whether metric names go away only at the end
  /// @param typeAndUnitLabels whether `__type__` tells counters from gauges
  /// @param startTimestamps whether counters use start timestamps
  /// @param exactCounts whether samples count that are looked at for nothing but to be counted
  public record Manner(
      long lookbackMs,
      boolean delayedNameRemoval,
      boolean typeAndUnitLabels,
      boolean startTimestamps,
      boolean exactCounts) {}

  private final Querier querier;
  private final Manner manner;
  private final Limits limits;
  private final Workers workers;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<StepNotes> stepNotes = new CopyOnWriteArrayList<>();

  public QueryScope(Querier querier, Manner manner, Limits limits, Workers workers) {
    this.querier = querier;
    this.manner = manner;
    this.limits = limits;
    this.workers = workers;
    for (int i = 0; i < workers.lanes(); i++) {
      lanes.add(new Lane(i, limits));
    }
  }

  public Querier querier() {
    return querier;
  }

  public Manner manner() {
    return manner;
  }

  public Limits limits() {
    return limits;
  }

  Workers workers() {
    return workers;
  }

  /// The lane of the query's own thread.
  public Lane lane() {
    return lanes.getFirst();
  }

  /// How many lanes there are.
  public int laneCount() {
    return lanes.size();
  }

  Lane lane(int i) {
    return lanes.get(i);
  }

  /// Notes of one binary operator.
  public StepNotes stepNotes(int steps) {
    StepNotes notes = new StepNotes(steps);
    stepNotes.add(notes);
    return notes;
  }

  /// What all lanes together have to say.
  public Annotations annotations() {
    Annotations all = new Annotations();
    for (Lane lane : lanes) {
      all.addAll(lane.annotations);
    }
    stepNotes.forEach(notes -> notes.addTo(all));
    return all;
  }
}
