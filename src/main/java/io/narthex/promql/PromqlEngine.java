package io.narthex.promql;

import io.narthex.clock.Clock;
import io.narthex.metrics.Metrics;
import io.narthex.promql.QueryException.Kind;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.ExprType;
import io.narthex.promql.ast.ValueType;
import io.narthex.promql.exec.PlanCosts;
import io.narthex.promql.exec.series.EvalException;
import io.narthex.promql.exec.series.Limits;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.Workers;
import io.narthex.promql.parse.ParseException;
import io.narthex.promql.parse.PromqlParser;
import io.narthex.promql.plan.PlanException;
import io.narthex.promql.plan.PlannedQuery;
import io.narthex.promql.plan.Planner;
import io.narthex.promql.plan.QueryWindow;
import io.narthex.promql.value.QueryResult;
import io.narthex.promql.value.QueryStats;
import io.narthex.storage.Queryable;
import io.narthex.storage.StorageException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Answers PromQL. Thread-safe; a query runs on the calling thread, with the engine's workers
/// beside it where it has many series, and waits in a fair queue while as many queries run as may.
public final class PromqlEngine implements AutoCloseable {

  private static final long CANCEL_LOOK_MS = 200;

  private final EngineOptions options;
  private final Clock clock;
  private final EngineMetrics metrics;
  private final Semaphore gate;
  private final ExecutorService threads;
  private final Workers workers;
  private final RunningQueries running;
  private final MemoryBudget budget;
  private volatile QueryObserver observer = QueryObserver.NONE;
  private volatile long defaultSubqueryStepMs;

  public PromqlEngine(EngineOptions options, Clock clock, Metrics metrics) {
    this(options, clock, metrics, Runtime.getRuntime().availableProcessors());
  }

  /// @param parallelism threads that one query may use, its own included
  public PromqlEngine(EngineOptions options, Clock clock, Metrics metrics, int parallelism) {
    this.options = options;
    this.clock = clock;
    defaultSubqueryStepMs = options.defaultSubqueryStepMs();
    running = new RunningQueries(clock);
    budget = new MemoryBudget(options.maxQueryBytes(), options.maxTotalBytes());
    this.metrics = new EngineMetrics(metrics, options.maxConcurrency());
    gate = new Semaphore(options.maxConcurrency(), true);
    int beside = Math.max(1, parallelism - 1);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            beside,
            beside,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("narthex-query-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    threads = pool;
    workers = new Workers(pool, parallelism);
  }

  /// The answer at one instant.
  ///
  /// @throws QueryException if the text is no query, or it fails
  public QueryResult instant(Queryable storage, String query, long tMs, QueryParams params) {
    return answer(storage, query, tMs, tMs, 0, params);
  }

  /// The answer over `[startMs, endMs]`, a value each `stepMs`.
  ///
  /// @throws QueryException if the text is no query, or it fails
  public QueryResult range(
      Queryable storage, String query, long startMs, long endMs, long stepMs, QueryParams params) {
    if (stepMs <= 0) {
      throw new QueryException(Kind.BAD_DATA, "zero or negative query resolution step widths");
    }
    return answer(storage, query, startMs, endMs, stepMs, params);
  }

  /// The queries that run or wait now, oldest first.
  public List<RunningQuery> running() {
    return running.list();
  }

  /// Ends a query soon; its caller gets `query was canceled in expression evaluation`.
  ///
  /// @param id of {@link RunningQuery}
  /// @return false if there is no such query
  public boolean cancel(long id) {
    return running.cancel(id);
  }

  /// Tells `next` of queries from now on, instead of who was told before.
  public void observe(QueryObserver next) {
    observer = next;
  }

  /// Gives subqueries without a step this one from now on, in milliseconds.
  public void defaultSubqueryStep(long stepMs) {
    defaultSubqueryStepMs = stepMs;
  }

  private QueryResult answer(
      Queryable storage, String query, long startMs, long endMs, long stepMs, QueryParams params) {
    QueryTimes times = new QueryTimes(clock);
    Expr expr = parse(query);
    if (stepMs > 0) {
      requireRangeable(expr);
    }
    metrics.running.add(1);
    QueryObserver told = observer;
    QueryResult result = null;
    String error = null;
    try (RunningQueries.Entry entry = running.add(query, startMs, endMs, stepMs, params.origin())) {
      result = waitAndRun(storage, query, expr, startMs, endMs, stepMs, params, times, entry);
      return result;
    } catch (QueryException e) {
      error = String.valueOf(e.getMessage());
      throw e;
    } finally {
      metrics.running.add(-1);
      QueryStats stats = result == null ? times.stats() : result.stats();
      told.ended(
          new QueryObserver.Ended(query, startMs, endMs, stepMs, error, stats, params.origin()));
    }
  }

  private QueryResult waitAndRun(
      Queryable storage,
      String query,
      Expr expr,
      long startMs,
      long endMs,
      long stepMs,
      QueryParams params,
      QueryTimes times,
      RunningQueries.Entry entry) {
    long timeoutMs = timeoutMs(params);
    enter(timeoutMs, times, entry);
    Runnable over = observer.began(query);
    try (MemoryBudget.Share memory = budget.share()) {
      entry.runs();
      times.entered();
      metrics.queued(times.queuedNanos());
      PlannedQuery planned = plan(expr, startMs, endMs, stepMs, lookbackMs(params));
      times.planned();
      metrics.prepared(times.preparedNanos());
      Limits limits =
          new Limits(
              clock,
              times.deadlineNanos(timeoutMs),
              options.maxSamples(),
              () -> {
                memory.check();
                return entry.isCancelled() || params.cancellation().cancelled();
              },
              memory);
      PlanCosts costs =
          new PlanCosts(planned.plan(), limits, params.detail() == QueryParams.Detail.NODES);
      entry.holds(costs::peak, memory::used);
      QueryScope.Manner manner = manner(lookbackMs(params), params.detail());
      QueryRun run =
          new QueryRun(planned, startMs, endMs, stepMs, manner, limits, workers, params.detail());
      QueryRun.Answer answer = run(run, storage, query, costs);
      times.done();
      metrics.evaluated(times.evaluatedNanos(), answer.tally().total());
      return new QueryResult(
          answer.value(),
          answer.warnings(),
          answer.infos(),
          times.stats(answer.tally(), costs.peak(), startMs, Math.max(1, stepMs)),
          params.detail() == QueryParams.Detail.NODES ? new Reports(query, costs).whole() : null);
    } finally {
      over.run();
      gate.release();
    }
  }

  private long timeoutMs(QueryParams params) {
    return params.timeoutMs() > 0
        ? Math.min(params.timeoutMs(), options.timeoutMs())
        : options.timeoutMs();
  }

  private long lookbackMs(QueryParams params) {
    return params.lookbackMs() > 0 ? params.lookbackMs() : options.lookbackMs();
  }

  private QueryScope.Manner manner(long lookbackMs, QueryParams.Detail detail) {
    return new QueryScope.Manner(
        lookbackMs,
        options.features().delayedNameRemoval(),
        options.features().typeAndUnitLabels(),
        options.features().startTimestamps(),
        detail != QueryParams.Detail.TOTALS);
  }

  private Expr parse(String query) {
    try {
      return PromqlParser.parse(query, options.features());
    } catch (ParseException e) {
      throw new QueryException(Kind.BAD_DATA, String.valueOf(e.getMessage()));
    }
  }

  private PlannedQuery plan(Expr expr, long startMs, long endMs, long stepMs, long lookbackMs) {
    try {
      return Planner.plan(
          expr, new QueryWindow(startMs, endMs, stepMs, lookbackMs, defaultSubqueryStepMs));
    } catch (PlanException e) {
      throw new QueryException(Kind.BAD_DATA, String.valueOf(e.getMessage()));
    }
  }

  private static void requireRangeable(Expr expr) {
    ValueType type = ExprType.of(expr);
    if (type != ValueType.VECTOR && type != ValueType.SCALAR) {
      throw new QueryException(
          Kind.BAD_DATA,
          "invalid expression type \""
              + type.documented()
              + "\" for range query, must be Scalar or instant Vector");
    }
  }

  /// Waits for the query's turn, and looks now and then whether somebody has cancelled it.
  private void enter(long timeoutMs, QueryTimes times, RunningQueries.Entry entry) {
    try {
      while (!gate.tryAcquire(Math.min(timeoutMs, CANCEL_LOOK_MS), TimeUnit.MILLISECONDS)) {
        if (entry.isCancelled()) {
          throw new QueryException(Kind.CANCELED, "query was canceled in query queue");
        }
        if (times.isOver(timeoutMs)) {
          throw new QueryException(Kind.TIMEOUT, "query timed out in query queue");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryException(Kind.CANCELED, "query was canceled in query queue");
    }
  }

  private static QueryRun.Answer run(
      QueryRun run, Queryable storage, String query, PlanCosts costs) {
    try {
      return run.run(storage, query, costs);
    } catch (EvalException e) {
      throw new QueryException(kind(e.reason()), String.valueOf(e.getMessage()));
    } catch (StorageException e) {
      throw new QueryException(Kind.INTERNAL, String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      throw new QueryException(Kind.EXECUTION, "query is nested too deeply to be evaluated");
    }
  }

  private static Kind kind(EvalException.Reason reason) {
    return switch (reason) {
      case FAILED -> Kind.EXECUTION;
      case STORAGE -> Kind.INTERNAL;
      case TIMED_OUT -> Kind.TIMEOUT;
      case CANCELED -> Kind.CANCELED;
    };
  }

  /// Ends the workers; queries that run now still finish.
  @Override
  public void close() {
    threads.shutdown();
  }
}
