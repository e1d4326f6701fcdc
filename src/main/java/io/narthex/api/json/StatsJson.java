package io.narthex.api.json;

import io.narthex.promql.value.PlanReport;
import io.narthex.promql.value.QueryStats;

/// What a query cost, as the API and the query log write it. Source: prometheus `util/stats`.
public final class StatsJson {

  private StatsJson() {}

  /// Timings in seconds, and samples.
  ///
  /// @param perStep whether the samples of each step are shown
  public static void write(QueryStats stats, boolean perStep, JsonOut out) {
    out.key("stats").beginObject().key("timings").beginObject();
    seconds(out, "evalTotalTime", stats.evalTotalNanos());
    seconds(out, "resultSortTime", stats.resultSortNanos());
    seconds(out, "queryPreparationTime", stats.queryPreparationNanos());
    seconds(out, "innerEvalTime", stats.innerEvalNanos());
    seconds(out, "execQueueTime", stats.execQueueNanos());
    seconds(out, "execTotalTime", stats.execTotalNanos());
    out.endObject().key("samples").beginObject();
    if (perStep && stats.samplesPerStep().length > 0) {
      out.key("totalQueryableSamplesPerStep").beginArray();
      for (int i = 0; i < stats.samplesPerStep().length; i++) {
        out.beginArray().seconds(stats.firstStepMs() + i * stats.stepMs());
        out.value(stats.samplesPerStep()[i]).endArray();
      }
      out.endArray();
    }
    out.field("totalQueryableSamples", stats.totalQueryableSamples());
    out.field("peakSamples", stats.peakSamples());
    out.endObject().endObject();
  }

  private static void seconds(JsonOut out, String name, long nanos) {
    out.key(name).value(nanos / 1e9);
  }

  /// A node of the plan with those below it: `{"node", "detail", "text", "start", "end", "series",
  /// "samples", "seconds", "ownSeconds", "arguments": [...]}`. `seconds` is the time of all threads
  /// together, `ownSeconds` that without the arguments'.
  public static void write(PlanReport plan, JsonOut out) {
    out.beginObject();
    out.field("node", plan.node());
    out.field("detail", plan.detail());
    out.field("text", plan.text());
    out.field("start", plan.start());
    out.field("end", plan.end());
    out.field("series", plan.series());
    out.field("samples", plan.samples());
    long arguments = plan.arguments().stream().mapToLong(PlanReport::nanos).sum();
    out.key("seconds").value(plan.nanos() / 1e9);
    out.key("ownSeconds").value(Math.max(0, plan.nanos() - arguments) / 1e9);
    out.key("arguments").beginArray();
    plan.arguments().forEach(argument -> write(argument, out));
    out.endArray().endObject();
  }
}
