/// Narthex' own counters, gauges, histograms and summaries, with Prometheus' names.
@NullMarked
package io.narthex.metrics;

import org.jspecify.annotations.NullMarked;
