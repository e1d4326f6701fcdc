/// Arithmetic, comparison, quantiles and trimming of native histograms. Histograms themselves are
/// immutable; sums are made in {@link io.narthex.promql.exec.histogram.HistogramSum}. Results carry
/// no empty buckets. Source of the rules: prometheus `model/histogram` and the native histograms
/// specification.
@NullMarked
package io.narthex.promql.exec.histogram;

import org.jspecify.annotations.NullMarked;
