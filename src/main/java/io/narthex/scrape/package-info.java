/// Scraping: turns target groups into targets, and the expositions of targets into samples.
///
/// The door is {@link io.narthex.scrape.ScrapeManager}: it takes the jobs' configuration and the
/// groups that discovery found, and writes through the {@link io.narthex.storage.Appendable} it was
/// given. A pool per job holds a loop per target; a loop scrapes at instants that depend on nothing
/// but the target, the interval and the server's seed.
///
/// Invariants: one scrape is one batch, its report series among it; a scrape that fails in any way
/// ends all series of its target; a target that goes away ends its series two intervals later, so
/// that one that comes back wins; the server's own stop ends nothing. What a target looked like the
/// last time (its body and a table of its lines) is kept, so that a series text that has not
/// changed is neither parsed nor hashed nor relabelled nor looked up again.
@NullMarked
package io.narthex.scrape;

import org.jspecify.annotations.NullMarked;
