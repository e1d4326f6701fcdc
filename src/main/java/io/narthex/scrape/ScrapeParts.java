package io.narthex.scrape;

import io.narthex.clock.Clock;
import io.narthex.clock.Timers;
import io.narthex.io.http.BodyPool;
import io.narthex.storage.Appendable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;

/// What all loops share.
///
/// @param workers run what happens to an answer: bounded, sized to the cores
final class ScrapeParts {

  final Appendable storage;
  final Clock clock;
  final Timers timers;
  final Executor workers;
  final ScrapeOptions options;
  final ScrapeMetrics metrics;
  final BodyPool bodies;

  /// What loops that begin now take for their offsets.
  volatile long offsetSeed;

  final TextPool texts = new TextPool();
  private final ConcurrentLinkedDeque<ScrapePass> passes = new ConcurrentLinkedDeque<>();

  ScrapeParts(
      Appendable storage,
      Clock clock,
      Timers timers,
      Executor workers,
      BodyPool bodies,
      ScrapeOptions options,
      ScrapeMetrics metrics) {
    this.storage = storage;
    this.clock = clock;
    this.timers = timers;
    this.workers = workers;
    this.bodies = bodies;
    this.options = options;
    this.metrics = metrics;
    this.offsetSeed = options.offsetSeed();
  }

  /// A pass that nobody else has; there are never more than scrapes at the same time.
  ScrapePass takePass() {
    ScrapePass pass = passes.pollLast();
    return pass == null ? new ScrapePass(options.starts()) : pass;
  }

  void givePass(ScrapePass pass) {
    passes.addLast(pass);
  }
}
