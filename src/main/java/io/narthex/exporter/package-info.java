/// Exporters: collectors that read something that is not Narthex and show it as metrics.
///
/// Owns: the contract {@link io.narthex.exporter.Collector}, the families it fills ({@link
/// io.narthex.exporter.Families}), the registry that runs collectors for one scrape and tells how
/// they did ({@link io.narthex.exporter.CollectorRegistry}), and the page that a scraper gets
/// ({@link io.narthex.exporter.ExporterPage}). A socket: child rooms hold the collectors of one
/// exporter each and know this room; this room knows none of them. Invariants: one scrape is one
/// fresh read; a collector that fails costs its own samples only.
@NullMarked
package io.narthex.exporter;

import org.jspecify.annotations.NullMarked;
