package io.narthex.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.clock.VirtualTimers;
import io.narthex.io.http.BodyPool;
import io.narthex.io.http.Fetcher;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.storage.RecordingAppendable;
import java.util.List;
import java.util.function.Consumer;

/// One target whose answers a test writes by hand.
final class StepHarness {

  final RecordingAppendable storage = new RecordingAppendable();
  final VirtualTimers clock = new VirtualTimers(1_000_000);
  final ScrapeMetrics metrics = new ScrapeMetrics(new Metrics());
  final MetadataStore metadata = new MetadataStore(new TextPool());
  ScrapePass pass = new ScrapePass();
  final Target target;
  final ScrapeStep step;
  String contentType = "text/plain; version=0.0.4";
  String lastError = "";

  StepHarness() {
    this(draft -> {}, Labels.of("job", "j"));
  }

  StepHarness(Consumer<ScrapeConfigDraft> configure, Labels targetLabels) {
    this(configure, targetLabels, false);
  }

  /// @param exact whether the target has no labels but those given
  StepHarness(Consumer<ScrapeConfigDraft> configure, Labels targetLabels, boolean exact) {
    this(configure, targetLabels, exact, false);
  }

  StepHarness(
      Consumer<ScrapeConfigDraft> configure,
      Labels targetLabels,
      boolean exact,
      boolean typeAndUnitLabels) {
    ScrapeConfigDraft draft = new ScrapeConfigDraft();
    draft.jobName = "j";
    configure.accept(draft);
    ScrapeConfig config = draft.resolve(ScrapeGlobals.DEFAULT);
    Labels own = Labels.of("__address__", "h:1");
    LabelsBuilder labels = TargetBuilder.discovered(config, own, targetLabels).set("instance", "");
    Labels all = (exact ? labels.set("job", "") : labels).build();
    target = new Target(all, new Target.Source(config, own, targetLabels));
    step =
        new ScrapeStep(
            target,
            ScrapeProfile.of(config, typeAndUnitLabels),
            new ScrapeCache(metadata),
            storage,
            new BodyPool(),
            metrics,
            clock);
  }

  /// Looks at start timestamps from now on.
  StepHarness with(StartTimestamps starts) {
    pass = new ScrapePass(starts);
    return this;
  }

  Labels lastFirst = Labels.EMPTY;

  /// Labels of the first sample of the last scrape.
  Labels firstLabels() {
    return lastFirst;
  }

  /// Values of the last report, in its order.
  List<Double> lastReport = List.of();

  /// Scrapes `body`, a minute after the last one; returns what was stored without the report.
  List<String> scrape(String body) {
    return scrape(new Fetcher.Body(bytes(body), bytes(body).length - 1, contentType));
  }

  /// Fails to get a body.
  List<String> fail(String why) {
    return scrape(new Fetcher.Failure(why, false));
  }

  List<String> scrape(Fetcher.Result answer) {
    clock.advance(60_000);
    lastError = step.apply(pass, clock.nowMs(), clock.nanoTime(), answer);
    lastFirst = storage.stored.isEmpty() ? Labels.EMPTY : storage.stored.getFirst().labels();
    lastReport =
        storage.stored.stream()
            .filter(s -> isReport(s.labels().metricName()))
            .map(RecordingAppendable.Stored::value)
            .toList();
    return samples();
  }

  private static boolean isReport(String metric) {
    return metric.equals("up") || metric.startsWith("scrape_");
  }

  /// What was stored since the last call, without times and without the report.
  List<String> samples() {
    return storage.drain().stream()
        .filter(s -> !s.contains("\"scrape_") && !s.contains("\"up\""))
        .map(s -> s.replace(", job=\"j\"", "").replace("__name__=", ""))
        .map(s -> s.replace(" @" + clock.nowMs(), ""))
        .toList();
  }

  /// With a spare byte behind.
  private static byte[] bytes(String body) {
    return (body + "\0").getBytes(UTF_8);
  }
}
