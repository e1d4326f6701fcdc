package io.narthex.tsdb.head;

import io.narthex.metrics.Counter;
import io.narthex.model.labels.Labels;
import java.lang.System.Logger;
import java.util.HashMap;
import java.util.Map;

/// How many series the head takes: in all, and with the same `job`. Asked for new series only, so
/// those that are there go on. The postings know how many a job has. Under the head's commit lock.
final class SeriesCaps {

  private static final Logger LOG = System.getLogger(SeriesCaps.class.getName());
  private static final String JOB = "job";

  private final HeadState state;
  private final HeadMetrics metrics;
  private final int most;
  private final int mostPerJob;

  /// By job; only of those that were refused something.
  private final Map<String, Counter> refused = new HashMap<>();

  SeriesCaps(HeadState state, HeadMetrics metrics) {
    this.state = state;
    this.metrics = metrics;
    most = state.options.maxSeries();
    mostPerJob = state.options.maxSeriesPerJob();
  }

  /// Whether a series with these labels is one too many.
  boolean refuse(Labels labels) {
    return most > 0 && state.table.live() >= most || mostPerJob > 0 && isTooManyOfJob(labels);
  }

  private boolean isTooManyOfJob(Labels labels) {
    String job = labels.get(JOB);
    RefList known = job.isEmpty() ? null : state.postings.refs(JOB, job);
    if (known == null || known.count() < mostPerJob) {
      return false;
    }
    refused.computeIfAbsent(job, this::firstRefused).inc();
    return true;
  }

  private Counter firstRefused(String job) {
    LOG.log(
        Logger.Level.WARNING,
        "job {0} has {1} series in the head, as many as --storage.tsdb.max-series-per-job allows:"
            + " new ones are refused, see narthex_head_refused_samples_total",
        job,
        mostPerJob);
    return metrics.refused(job);
  }
}
