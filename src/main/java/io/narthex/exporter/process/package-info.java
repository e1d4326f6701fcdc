/// What this process costs: the standard `process_*` families, and `jvm_*` in place of `go_*`.
///
/// Owns: {@link io.narthex.exporter.process.ProcessMetrics} and {@link
/// io.narthex.exporter.process.JvmMetrics}, sources for {@link
/// io.narthex.metrics.Metrics#collector}. Invariants: they never fail; what cannot be read is left
/// out.
@NullMarked
package io.narthex.exporter.process;

import org.jspecify.annotations.NullMarked;
