package io.narthex.scrape;

import io.narthex.clock.Clock;
import io.narthex.io.http.BodyPool;
import io.narthex.io.http.Fetcher;
import io.narthex.model.exposition.ExpositionException;
import io.narthex.model.exposition.ExpositionFormat;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appendable;
import io.narthex.storage.Appender;
import io.narthex.storage.Appender.Commit;
import io.narthex.storage.Appender.Outcome;
import io.narthex.storage.StorageException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/// What happens to the answer of a target: read, stored with its report in one batch, reported. A
/// plain function of the answer and an instant; one call at a time.
final class ScrapeStep {

  private static final Logger LOG = System.getLogger(ScrapeStep.class.getName());

  private final Target target;
  private final ScrapeConfig config;
  private final ScrapeCache cache;
  private final ScrapeRules rules;
  private final ReportSeries reports;
  private final Appendable storage;
  private final BodyPool bodies;
  private final ScrapeMetrics metrics;
  private final Clock clock;
  private final @Nullable ExpositionFormat fallback;
  private final double[] report = new double[8];

  ScrapeStep(
      Target target,
      ScrapeProfile profile,
      ScrapeCache cache,
      Appendable storage,
      BodyPool bodies,
      ScrapeMetrics metrics,
      Clock clock) {
    this.target = target;
    this.config = profile.config();
    this.cache = cache;
    this.storage = storage;
    this.bodies = bodies;
    this.metrics = metrics;
    this.clock = clock;
    rules = ScrapeRules.of(new LabelMutator(target.labels(), profile), profile);
    reports = new ReportSeries(target.labels(), config.extraScrapeMetrics());
    ScrapeProtocol protocol = config.fallbackProtocol();
    fallback = protocol == null ? null : ExpositionFormat.ofMediaType(protocol.mediaType());
  }

  ScrapeCache cache() {
    return cache;
  }

  /// Stores what the target answered.
  ///
  /// @param timeMs of the samples
  /// @param startNanos when the scrape began, on the clock
  /// @return why the scrape failed, or the empty string
  String apply(ScrapePass pass, long timeMs, long startNanos, Fetcher.Result answer) {
    Appender appender = appender(pass);
    pass.open(cache, rules, timeMs);
    pass.batch.begin(
        appender, clock.nowMs(), config.sampleLimit(), config.nativeHistogramBucketLimit());
    try {
      String error = read(pass, answer);
      if (!error.isEmpty()) {
        pass.batch.rollback();
        pass.endAll();
      }
      double seconds = (clock.nanoTime() - startNanos) / 1e9;
      target.report(
          new Target.Report(
              error.isEmpty() ? TargetHealth.UP : TargetHealth.DOWN, error, timeMs, seconds));
      stageReport(pass.batch, appender, timeMs, seconds, error.isEmpty(), answer);
      commit(pass, appender, timeMs);
      return error;
    } finally {
      pass.close();
      if (answer instanceof Fetcher.Body body) {
        bodies.give(body.bytes());
      }
    }
  }

  private Appender appender(ScrapePass pass) {
    Appender appender = pass.appender(storage);
    boolean provisional = appender.isProvisional();
    if (cache.provisional && !provisional) {
      cache.settle(storage);
      reports.settle(storage);
    }
    cache.provisional = provisional;
    return appender;
  }

  private String read(ScrapePass pass, Fetcher.Result answer) {
    return switch (answer) {
      case Fetcher.Failure failure -> {
        if (failure.tooLarge()) {
          metrics.exceededBodySizeLimit.inc();
        }
        yield failure.message();
      }
      case Fetcher.Body body -> {
        try {
          // An empty body is an empty exposition, whatever it calls itself.
          ExpositionFormat format =
              body.length() == 0
                  ? ExpositionFormat.TEXT
                  : ExpositionFormat.of(body.contentType(), fallback);
          if (format == ExpositionFormat.PROTOBUF) {
            throw new ScrapeException("not implemented: PrometheusProto");
          }
          pass.read(body.bytes(), body.length(), format);
          yield "";
        } catch (ExpositionException e) {
          LOG.log(
              Level.DEBUG,
              () -> "append failed: target=" + target + " line=" + e.line() + " " + e.getMessage());
          yield e.getMessage();
        } catch (ScrapeException e) {
          count(e.kind());
          if (pass.batch.bucketLimitExceeded) {
            metrics.exceededBucketLimit.inc();
          }
          yield e.getMessage();
        }
      }
    };
  }

  private void count(ScrapeException.Kind kind) {
    switch (kind) {
      case LABEL_LIMIT -> metrics.exceededLabelLimits.inc();
      case SAMPLE_LIMIT -> metrics.exceededSampleLimit.inc();
      case BODY_SIZE_LIMIT -> metrics.exceededBodySizeLimit.inc();
      case BUCKET_LIMIT, OTHER -> {}
    }
  }

  private void stageReport(
      ScrapeBatch batch,
      Appender appender,
      long timeMs,
      double seconds,
      boolean up,
      Fetcher.Result answer) {
    report[0] = up ? 1 : 0;
    report[1] = seconds;
    report[2] = batch.total;
    report[3] = batch.added;
    report[4] = up ? batch.seriesAdded : 0;
    report[5] = target.timeoutMs() / 1e3;
    report[6] = config.sampleLimit();
    report[7] =
        switch (answer) {
          case Fetcher.Body body -> body.length();
          case Fetcher.Failure failure -> failure.tooLarge() ? -1 : 0;
        };
    reports.stage(appender, batch.reportStart(), timeMs, report);
  }

  private void commit(ScrapePass pass, Appender appender, long timeMs) {
    ScrapeBatch batch = pass.batch;
    try {
      Commit commit = appender.commit();
      batch.count(commit);
      boolean forgotten = takeRefs(pass, commit);
      if (batch.hasHistograms()) {
        pass.classicCommitted(commit);
      }
      boolean reportForgotten = reports.committed(commit);
      if (forgotten || reportForgotten) {
        repair(pass, appender, timeMs, reportForgotten);
      }
    } catch (StorageException e) {
      Level level = e.isPause() ? Level.DEBUG : Level.ERROR;
      LOG.log(level, () -> "scrape commit failed: target=" + target + " " + e.getMessage());
      pass.lost();
    }
    warn(batch);
  }

  /// Keeps the references of series that had none; true if storage had forgotten others.
  private static boolean takeRefs(ScrapePass pass, Commit commit) {
    boolean allStored = commit.accepted() == commit.size();
    LineTable lines = pass.lines();
    ScrapeBatch batch = pass.batch;
    if (allStored && batch.seriesAdded == 0 && batch.resolved == 0) {
      return false;
    }
    boolean forgotten = false;
    for (int i = 0; i < batch.samples(); i++) {
      int line = batch.line(i);
      boolean lost = !allStored && commit.outcome(i) == Outcome.UNKNOWN_REF;
      if (lost) {
        lines.refs[line] = 0;
        forgotten = true;
      } else if (lines.refs[line] == 0) {
        lines.refs[line] = commit.ref(i);
      }
    }
    return forgotten;
  }

  /// Appends what storage had forgotten once more, with labels. Samples with times of their own
  /// wait for the next scrape.
  private void repair(ScrapePass pass, Appender appender, long timeMs, boolean report) {
    LineTable lines = pass.lines();
    ScrapeBatch batch = pass.batch;
    int staged = batch.samples();
    int count = 0;
    int[] repaired = new int[staged];
    for (int i = 0; i < staged; i++) {
      int line = batch.line(i);
      if (lines.refs[line] == 0 && !lines.is(line, LineTable.SUFFIX)) {
        Labels labels = pass.labels(line);
        if (!labels.isEmpty()) {
          int sample = appender.append(0, labels, timeMs, lines.values[line]);
          pass.startAgain(line, sample);
          repaired[count++] = line;
        }
      }
    }
    if (report) {
      reports.stageAgain(appender, count, timeMs);
    }
    Commit commit = appender.commit();
    for (int i = 0; i < count; i++) {
      lines.refs[repaired[i]] = commit.ref(i);
    }
    if (report) {
      reports.committed(commit);
    }
  }

  private void warn(ScrapeBatch batch) {
    if (batch.duplicates > 0) {
      metrics.duplicates.add(batch.duplicates);
      warn("samples with different value but same timestamp", batch.duplicates);
    }
    if (batch.outOfOrder > 0) {
      metrics.outOfOrder.add(batch.outOfOrder);
      warn("out-of-order samples", batch.outOfOrder);
    }
    if (batch.refused > 0) {
      warn("new series: storage has as many as it may have, of this job or of all", batch.refused);
    }
    if (batch.outOfBounds > 0) {
      metrics.outOfBounds.add(batch.outOfBounds);
      warn("samples that are too old or are too far into the future", batch.outOfBounds);
    }
  }

  private void warn(String what, int count) {
    LOG.log(
        Level.WARNING,
        () -> "Error on ingesting " + what + ": target=" + target + " num_dropped=" + count);
  }

  /// Ends all series of a target that is gone, those of its report among them.
  void end(ScrapePass pass, long timeMs) {
    Appender appender = appender(pass);
    pass.open(cache, rules, timeMs);
    pass.batch.begin(appender, clock.nowMs(), 0, 0);
    try {
      pass.endAll();
      reports.stageEnd(appender, pass.batch.reportStart(), timeMs);
      reports.committed(appender.commit());
    } catch (StorageException e) {
      Level level = e.isPause() ? Level.DEBUG : Level.WARNING;
      LOG.log(level, () -> "stale commit failed: target=" + target + " " + e.getMessage());
    } finally {
      pass.close();
      cache.forget();
    }
  }
}
