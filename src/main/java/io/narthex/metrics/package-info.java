/// Narthex' own counters, gauges, histograms and summaries, with Prometheus' names.
///
/// Owns: the numbers a process counts about itself. Door: {@link io.narthex.metrics.Metrics}, one a
/// process, handed down by constructors; {@link io.narthex.metrics.HttpMetrics} counts the requests
/// of an HTTP server. Invariants: updating never blocks for long and never fails; a family has one
/// type and one help text; {@link io.narthex.metrics.Metrics#collect} hands out families sorted by
/// name and, within a family, children sorted by their label values.
@NullMarked
package io.narthex.metrics;

import org.jspecify.annotations.NullMarked;
