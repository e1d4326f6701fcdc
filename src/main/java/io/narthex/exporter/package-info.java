/// Exporters: collectors that read something that is not Narthex and show it as metrics.
///
/// Owns: the contract {@link io.narthex.exporter.Collector}, the families it fills ({@link
/// io.narthex.exporter.Families}), the registry that runs collectors for one scrape and tells how
/// they did ({@link io.narthex.exporter.CollectorRegistry}), the page that a scraper gets ({@link
/// io.narthex.exporter.ExporterPage}), and the way to the kernel's files ({@link
/// io.narthex.exporter.ProcFs}). A socket: child rooms hold the collectors of one exporter each and
/// know this room; this room knows none of them. Invariants: one scrape is one fresh read; a
/// collector that fails costs its own samples only.
///
/// {@link io.narthex.exporter.KernelFiles} opens files, the one exception to the rule that only
/// `io.disk` does: these are no data files but the kernel's interfaces and scripts' text files,
/// small, unmapped and never written, and tests give other roots instead of a failing disk.
@NullMarked
package io.narthex.exporter;

import org.jspecify.annotations.NullMarked;
