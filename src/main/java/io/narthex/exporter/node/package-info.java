/// The node exporter: what the Linux kernel tells of a machine, under node_exporter's names.
///
/// Owns: one collector a source of the kernel, and their options. Door: {@link
/// io.narthex.exporter.node.NodeExporter}, made from {@link
/// io.narthex.exporter.node.NodeExporterOptions}. Invariants: names, labels, types, help texts and
/// units are node_exporter's; every read goes through {@link io.narthex.exporter.node.ProcFs},
/// whose implementation {@link io.narthex.exporter.node.KernelFiles} is the only place of this room
/// that opens files. That room opens files at all is the one exception to the rule that `io.disk`
/// does: these are no data files but the kernel's interfaces, tiny, unmapped and never written, and
/// tests give other roots instead of a failing disk. System calls live in {@link
/// io.narthex.exporter.node.Libc}.
@NullMarked
package io.narthex.exporter.node;

import org.jspecify.annotations.NullMarked;
