package io.narthex.promql;

import io.narthex.clock.Clock;
import io.narthex.metrics.Metrics;
import io.narthex.promql.QueryException.Kind;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.ExprType;
import io.narthex.promql.ast.ValueType;
import io.narthex.promql.exec.EvalContext;
import io.narthex.promql.exec.Notes;
import io.narthex.promql.exec.ResultBuilder;
import io.narthex.promql.exec.StepGrid;
import io.narthex.promql.parse.ParseException;
import io.narthex.promql.parse.PromqlParser;
import io.narthex.promql.value.QueryResult;
import io.narthex.promql.value.QueryStats;
import io.narthex.promql.value.Value;
import io.narthex.storage.Queryable;
import io.narthex.storage.StorageException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Answers PromQL. Thread-safe; a query runs on the calling thread, with the engine's workers
/// beside it where it has many series, and waits in a fair queue while as many queries run as may.
public final class PromqlEngine implements AutoCloseable {

  private final EngineOptions options;
  private final Clock clock;
  private final EngineMetrics metrics;
  private final Semaphore gate;
  private final ExecutorService workers;
  private final int parallelism;

  public PromqlEngine(EngineOptions options, Clock clock, Metrics metrics) {
    this(options, clock, metrics, Runtime.getRuntime().availableProcessors());
  }

  /// @param parallelism threads that one query may use, its own included
  public PromqlEngine(EngineOptions options, Clock clock, Metrics metrics, int parallelism) {
    this.options = options;
    this.clock = clock;
    this.metrics = new EngineMetrics(metrics, options.maxConcurrency());
    this.gate = new Semaphore(options.maxConcurrency(), true);
    this.parallelism = parallelism;
    this.workers =
        new ThreadPoolExecutor(
            Math.max(1, parallelism - 1),
            Math.max(1, parallelism - 1),
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("narthex-query-", 0).factory());
  }

  /// The answer at one instant.
  ///
  /// @throws QueryException if the text is no query, or it fails
  public QueryResult instant(Queryable storage, String query, long tMs, QueryParams params) {
    return run(storage, query, StepGrid.instant(tMs), params, true);
  }

  /// The answer over `[startMs, endMs]`, a value each `stepMs`.
  ///
  /// @throws QueryException if the text is no query, or it fails
  public QueryResult range(
      Queryable storage, String query, long startMs, long endMs, long stepMs, QueryParams params) {
    return run(storage, query, StepGrid.of(startMs, endMs, stepMs), params, false);
  }

  private QueryResult run(
      Queryable storage, String query, StepGrid grid, QueryParams params, boolean instant) {
    long startNanos = clock.nanoTime();
    Expr expr = parse(query);
    if (!instant) {
      requireRangeable(expr);
    }
    long timeoutMs =
        params.timeoutMs() > 0
            ? Math.min(params.timeoutMs(), options.timeoutMs())
            : options.timeoutMs();
    metrics.running.add(1);
    try {
      enter(timeoutMs);
      long enteredNanos = clock.nanoTime();
      try {
        return evaluate(
            storage, query, expr, grid, params, timeoutMs, instant, startNanos, enteredNanos);
      } finally {
        gate.release();
      }
    } finally {
      metrics.running.add(-1);
    }
  }

  private Expr parse(String query) {
    try {
      return PromqlParser.parse(query, options.features());
    } catch (ParseException e) {
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

  private void enter(long timeoutMs) {
    try {
      if (!gate.tryAcquire(timeoutMs, TimeUnit.MILLISECONDS)) {
        throw new QueryException(Kind.TIMEOUT, "query timed out in query queue");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryException(Kind.CANCELED, "query was canceled in query queue");
    }
  }

  private QueryResult evaluate(
      Queryable storage,
      String query,
      Expr expr,
      StepGrid grid,
      QueryParams params,
      long timeoutMs,
      boolean instant,
      long startNanos,
      long enteredNanos) {
    Notes notes = new Notes(query);
    EvalContext context =
        new EvalContext(
            storage,
            grid,
            params.lookbackMs() > 0 ? params.lookbackMs() : options.lookbackMs(),
            options.defaultSubqueryStepMs(),
            options.features(),
            notes,
            new EvalContext.Limits(
                options.maxSamples(), timeoutMs, params.cancellation()::cancelled),
            clock,
            workers,
            parallelism);
    ResultBuilder results = new ResultBuilder(context);
    Value value;
    try {
      value = instant ? results.instant(expr) : results.range(expr);
    } catch (StorageException e) {
      throw new QueryException(Kind.INTERNAL, String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      throw new QueryException(Kind.EXECUTION, "query is nested too deeply to be evaluated");
    }
    long doneNanos = clock.nanoTime();
    observe(startNanos, enteredNanos, doneNanos);
    QueryStats stats =
        new QueryStats(
            context.readSamples(),
            (int) Math.min(Integer.MAX_VALUE, context.heldSamples()),
            doneNanos - enteredNanos,
            0,
            0,
            doneNanos - enteredNanos,
            enteredNanos - startNanos,
            doneNanos - startNanos);
    return new QueryResult(value, notes.warnings(), notes.infos(), stats);
  }

  private void observe(long startNanos, long enteredNanos, long doneNanos) {
    metrics.queueTime.observe((enteredNanos - startNanos) / 1e9);
    metrics.evalTime.observe((doneNanos - enteredNanos) / 1e9);
  }

  /// Ends the workers; queries that run now still finish.
  @Override
  public void close() {
    workers.shutdown();
  }
}
