package io.narthex.api;

import io.narthex.api.json.JsonOut;
import io.narthex.api.json.ValueJson;
import io.narthex.clock.Durations;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.parse.ParseException;
import io.narthex.promql.parse.PromqlParser;
import io.narthex.scrape.MetricMetadata;
import io.narthex.scrape.ScrapeManager;
import io.narthex.scrape.Target;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// `/api/v1/targets`, `targets/metadata`, `metadata`, `scrape_pools`. Source: features 6.22-6.26.
final class TargetRoutes {

  private static final int ALL = -1;

  private final ScrapeManager scrape;
  private final GlobalUrl globalUrl;

  TargetRoutes(ScrapeManager scrape, GlobalUrl globalUrl) {
    this.scrape = scrape;
    this.globalUrl = globalUrl;
  }

  Answer targets(ApiParams params, RoutingContext context) {
    String state = params.get("state").toLowerCase(Locale.ROOT);
    String pool = params.get("scrapePool");
    boolean active = state.isEmpty() || state.equals("any") || state.equals("active");
    boolean dropped = state.isEmpty() || state.equals("any") || state.equals("dropped");
    return Answer.of(out -> {
      out.beginObject().key("activeTargets").beginArray();
      if (active) {
        each(scrape.activeTargets(), pool, t -> active(t, out));
      }
      out.endArray().key("droppedTargets").beginArray();
      if (dropped) {
        each(scrape.droppedTargets(), pool, t -> dropped(t, out));
      }
      out.endArray().key("droppedTargetCounts");
      if (dropped) {
        out.beginObject();
        new TreeMap<>(scrape.droppedCounts()).forEach(out::field);
        out.endObject();
      } else {
        out.nullValue();
      }
      out.endObject();
    });
  }

  private static void each(
      Map<String, List<Target>> pools, String pool, java.util.function.Consumer<Target> action) {
    new TreeMap<>(pools)
        .forEach((name, targets) -> {
          if (pool.isEmpty() || pool.equals(name)) {
            targets.forEach(action);
          }
        });
  }

  private void active(Target target, JsonOut out) {
    Target.Report report = target.report();
    out.beginObject().key("discoveredLabels");
    ValueJson.labels(target.discoveredLabels(), out);
    out.key("labels");
    ValueJson.labels(target.labels(), out);
    out.field("scrapePool", target.jobName());
    out.field("scrapeUrl", target.url());
    out.field("globalUrl", globalUrl.of(target.url()));
    out.field("lastError", report.lastError());
    out.field(
        "lastScrape",
        report.lastScrapeMs() == 0
            ? "0001-01-01T00:00:00Z"
            : Instant.ofEpochMilli(report.lastScrapeMs()).toString());
    out.key("lastScrapeDuration").value(report.lastDurationSeconds());
    out.field("health", report.health().text());
    out.field("scrapeInterval", Durations.format(target.intervalMs()));
    out.field("scrapeTimeout", Durations.format(target.timeoutMs()));
    out.endObject();
  }

  private static void dropped(Target target, JsonOut out) {
    out.beginObject().key("discoveredLabels");
    ValueJson.labels(target.discoveredLabels(), out);
    out.field("scrapePool", target.jobName()).endObject();
  }

  Answer scrapePools(ApiParams params, RoutingContext context) {
    List<String> names = scrape.poolNames();
    return Answer.of(out -> out.beginObject().key("scrapePools").strings(names).endObject());
  }

  Answer targetMetadata(ApiParams params, RoutingContext context) {
    int limit = number(params, "limit");
    String match = params.get("match_target");
    List<Matcher> matchers = List.of();
    if (!match.isEmpty()) {
      try {
        matchers = PromqlParser.parseSelector(match);
      } catch (ParseException e) {
        throw ApiException.badParameter("match_target", String.valueOf(e.getMessage()));
      }
    }
    List<Matcher> wanted = matchers;
    String metric = params.get("metric");
    List<Target> targets = new ArrayList<>();
    each(scrape.activeTargets(), "", targets::add);
    targets.removeIf(t -> !wanted.stream().allMatch(m -> m.matches(t.labels())));
    return Answer.of(out -> metadataOf(targets, metric, limit, out));
  }

  private static void metadataOf(List<Target> targets, String metric, int limit, JsonOut out) {
    out.beginArray();
    int written = 0;
    for (Target target : targets) {
      // The limit is looked at between targets only, as in the reference.
      if (limit >= 0 && written >= limit) {
        break;
      }
      for (MetricMetadata m : target.metadata()) {
        if (metric.isEmpty() || metric.equals(m.family())) {
          written++;
          out.beginObject().key("target");
          ValueJson.labels(target.labels(), out);
          if (metric.isEmpty()) {
            out.field("metric", m.family());
          }
          fields(m, out).endObject();
        }
      }
    }
    out.endArray();
  }

  private static JsonOut fields(MetricMetadata m, JsonOut out) {
    return out.field("type", m.metadata().type().text())
        .field("help", m.metadata().help())
        .field("unit", m.metadata().unit());
  }

  /// Metadata of all targets by family; what several say alike is told once.
  Answer metadata(ApiParams params, RoutingContext context) {
    int limit = number(params, "limit");
    int perMetric = number(params, "limit_per_metric");
    String metric = params.get("metric");
    Map<String, Set<MetricMetadata>> families = new TreeMap<>();
    each(
        scrape.activeTargets(),
        "",
        target ->
            target
                .metadata()
                .forEach(m -> {
                  if (metric.isEmpty() || metric.equals(m.family())) {
                    Set<MetricMetadata> known =
                        families.computeIfAbsent(m.family(), k -> new LinkedHashSet<>());
                    if (perMetric <= 0 || known.size() < perMetric) {
                      known.add(m);
                    }
                  }
                }));
    return Answer.of(out -> {
      out.beginObject();
      families.entrySet().stream()
          .limit(limit < 0 ? Long.MAX_VALUE : limit)
          .forEach(family -> {
            out.key(family.getKey()).beginArray();
            family.getValue().forEach(m -> fields(m, out.beginObject()).endObject());
            out.endArray();
          });
      out.endObject();
    });
  }

  private static int number(ApiParams params, String name) {
    String text = params.get(name);
    if (text.isEmpty()) {
      return ALL;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw ApiException.badData(name + " must be a number");
    }
  }
}
