package io.narthex.api;

import io.narthex.api.StatusSource.Build;
import io.narthex.api.StatusSource.Entry;
import io.narthex.api.StatusSource.Runtime;
import io.narthex.api.StatusSource.TsdbStats;
import io.narthex.api.StatusSource.WalReplay;
import io.narthex.api.json.JsonOut;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// `/api/v1/status/...`: configuration, flags, build, process and storage. Source: features
/// 6.31-6.34.
final class StatusRoutes {

  private final StatusSource source;

  StatusRoutes(StatusSource source) {
    this.source = source;
  }

  Answer config(ApiParams params, RoutingContext context) {
    String yaml = source.configYaml();
    return Answer.of(out -> out.beginObject().field("yaml", yaml).endObject());
  }

  Answer flags(ApiParams params, RoutingContext context) {
    return Answer.of(out -> out.object(source.flags()));
  }

  Answer buildInfo(ApiParams params, RoutingContext context) {
    Build b = source.build();
    return Answer.of(out ->
        out.beginObject()
            .field("version", b.version())
            .field("revision", b.revision())
            .field("branch", b.branch())
            .field("buildUser", b.buildUser())
            .field("buildDate", b.buildDate())
            .field("goVersion", b.goVersion())
            .endObject());
  }

  Answer runtimeInfo(ApiParams params, RoutingContext context) {
    Runtime r = source.runtime();
    return Answer.of(out ->
        out.beginObject()
            .field("startTime", time(r.startTimeMs()))
            .field("CWD", r.workingDirectory())
            .field("hostname", r.hostname())
            .field("serverTime", time(r.serverTimeMs()))
            .field("reloadConfigSuccess", r.reloadConfigSuccess())
            .field("lastConfigTime", time(r.lastConfigTimeMs()))
            .field("corruptionCount", r.corruptionCount())
            .field("goroutineCount", r.threads())
            .field("GOMAXPROCS", r.processors())
            .field("GOMEMLIMIT", r.memoryLimitBytes())
            .field("GOGC", "")
            .field("GODEBUG", "")
            .field("storageRetention", r.storageRetention())
            .endObject());
  }

  private static String time(long tMs) {
    return Instant.ofEpochMilli(tMs).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  Answer tsdb(ApiParams params, RoutingContext context) {
    TsdbStats s = source.tsdb(TopParams.of(params).limit());
    return Answer.of(out -> {
      out.beginObject().key("headStats").beginObject();
      out.field("numSeries", s.numSeries()).field("numLabelPairs", s.numLabelPairs());
      out.field("chunkCount", s.chunkCount())
          .field("minTime", s.minTimeMs())
          .field("maxTime", s.maxTimeMs());
      out.endObject();
      entries(out, "seriesCountByMetricName", s.seriesCountByMetricName());
      entries(out, "labelValueCountByLabelName", s.labelValueCountByLabelName());
      entries(out, "memoryInBytesByLabelName", s.memoryInBytesByLabelName());
      entries(out, "seriesCountByLabelValuePair", s.seriesCountByLabelValuePair());
      out.endObject();
    });
  }

  private static void entries(JsonOut out, String name, List<Entry> entries) {
    out.key(name).beginArray();
    for (Entry e : entries) {
      out.beginObject().field("name", e.name()).field("value", e.value()).endObject();
    }
    out.endArray();
  }

  Answer tsdbBlocks(ApiParams params, RoutingContext context) {
    List<String> metas = source.blockMetas();
    return Answer.of(out -> {
      out.beginObject().key("blocks").beginArray();
      metas.forEach(out::raw);
      out.endArray().endObject();
    });
  }

  Answer walReplay(ApiParams params, RoutingContext context) {
    WalReplay w = source.walReplay();
    return Answer.of(out ->
        out.beginObject()
            .field("min", w.min())
            .field("max", w.max())
            .field("current", w.current())
            .endObject());
  }
}
