package io.narthex.role;

import io.narthex.api.json.JsonOut;
import io.narthex.api.json.StatsJson;
import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.DiskFile;
import io.narthex.metrics.Counter;
import io.narthex.metrics.Gauge;
import io.narthex.metrics.Metrics;
import io.narthex.promql.QueryObserver;
import io.narthex.promql.QueryOrigin;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The file of `query_log_file`: a line of JSON for each query that is over, with Prometheus'
/// fields. Lines are written by threads that may wait for the disk. Source: features 5.70,
/// prometheus `promql/engine.go`.
final class QueryLog {

  private static final Logger LOG = System.getLogger(QueryLog.class.getName());
  private static final String NO_SPAN = "0000000000000000";
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Disk disk;
  private final Clock clock;
  private final Executor blocking;
  private final Gauge enabled;
  private final Counter failures;
  private String file = "";
  private volatile @Nullable DiskFile out;

  QueryLog(Disk disk, Clock clock, Executor blocking, Metrics metrics) {
    enabled = metrics.gauge("prometheus_engine_query_log_enabled", "State of the query log.");
    failures =
        metrics.counter(
            "prometheus_engine_query_log_failures_total", "The number of query log failures.");
    this.disk = disk;
    this.clock = clock;
    this.blocking = blocking;
  }

  /// Goes on in another file, or, if the name is empty, in none. The same file is opened anew, so
  /// that it may have been moved away.
  ///
  /// @throws IllegalArgumentException if it cannot be opened
  synchronized void turnTo(String name) {
    DiskFile next = null;
    if (!name.isEmpty()) {
      try {
        next = disk.append(Path.of(name));
      } catch (DiskException e) {
        throw new IllegalArgumentException("can't create json log file: " + e.getMessage(), e);
      }
    }
    DiskFile before = out;
    out = next;
    enabled.set(next == null ? 0 : 1);
    if (before != null) {
      blocking.execute(before::close);
    }
    if (!file.equals(name)) {
      LOG.log(
          Level.INFO,
          name.isEmpty() ? "queries are not logged" : "queries are logged to {0}",
          name);
    }
    file = name;
  }

  void ended(QueryObserver.Ended query) {
    DiskFile target = out;
    if (target == null) {
      return;
    }
    byte[] line = JsonOut.bytes(json -> write(query, json));
    byte[] whole = java.util.Arrays.copyOf(line, line.length + 1);
    whole[line.length] = '\n';
    blocking.execute(() -> append(target, whole));
  }

  private void append(DiskFile target, byte[] line) {
    try {
      target.write(ByteBuffer.wrap(line));
    } catch (DiskException e) {
      failures.inc();
      LOG.log(Level.WARNING, "query log: {0}", e.getMessage());
    }
  }

  private void write(QueryObserver.Ended query, JsonOut out) {
    out.beginObject();
    out.field("time", MILLIS.format(Instant.ofEpochMilli(clock.nowMs())));
    out.field("level", "INFO").field("msg", "promql query logged");
    out.key("params").beginObject();
    out.field("end", MILLIS.format(Instant.ofEpochMilli(query.endMs())));
    out.field("query", query.query());
    out.field("start", MILLIS.format(Instant.ofEpochMilli(query.startMs())));
    out.field("step", query.stepMs() / 1000);
    out.endObject();
    String error = query.error();
    if (error != null) {
      out.field("error", error);
    }
    StatsJson.write(query.stats(), true, out);
    out.field("spanID", NO_SPAN).field("traceID", NO_SPAN + NO_SPAN);
    switch (query.origin()) {
      case QueryOrigin.Http http -> {
        out.key("httpRequest").beginObject();
        out.field("clientIP", http.clientIp());
        out.field("method", http.method()).field("path", http.path());
        out.endObject();
      }
      case QueryOrigin.Rules rules -> {
        out.key("ruleGroup").beginObject();
        out.field("file", rules.file()).field("name", rules.group());
        out.endObject();
      }
      case QueryOrigin.Unknown _ -> {}
    }
    out.endObject();
  }
}
