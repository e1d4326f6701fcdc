/// The node exporter: what the Linux kernel tells of a machine, under node_exporter's names.
///
/// Owns: one collector a source of the kernel, and their options. Door: {@link
/// io.narthex.exporter.node.NodeExporter}, made from {@link
/// io.narthex.exporter.node.NodeExporterOptions}. Invariants: names, labels, types, help texts and
/// units are node_exporter's; every read goes through {@link io.narthex.exporter.ProcFs}, every
/// system call through {@link io.narthex.exporter.node.Libc}.
@NullMarked
package io.narthex.exporter.node;

import org.jspecify.annotations.NullMarked;
